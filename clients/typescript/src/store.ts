// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The calls to Redis, and what keeps a Redis that is away from slowing down every read. */

import { BEGIN, type Begun, type Call, FILL, type Script, type Token, begun, beginCall, fillCall } from "./calls.js";
import { type Level } from "./level.js";
import { type Loaded } from "./loaded.js";
import { type Key, type KeyNames } from "./names.js";

/** All that the cache needs of a client: a command with its arguments, and its answer. */
export type Send = (args: string[]) => Promise<unknown>;

/** A client of node-redis or ioredis for one server, or the one that Sentinels name; or a function that runs a command. */
export type Redis =
    | Send
    | { call(command: string, args: string[]): Promise<unknown> }
    | { sendCommand(args: string[]): Promise<unknown> };

export type Log = Pick<Console, "info" | "warn">;

const FAILURES = 3;

/** Redis did not do what it was asked. The read goes on without it. */
export class RedisUnavailable extends Error {
    override readonly name = "RedisUnavailable";
}

/** Any of these as a function. */
export function sender(redis: Redis): Send {
    if (typeof redis === "function") {
        return redis;
    }
    // First: ioredis has a sendCommand, too, which takes something else.
    if ("call" in redis && typeof redis.call === "function") {
        return ([command, ...args]) => redis.call(command!, args);
    }
    if ("sendCommand" in redis && typeof redis.sendCommand === "function") {
        return (args) => redis.sendCommand(args);
    }
    throw new TypeError(
        "redis has neither sendCommand nor call, expected a client of node-redis or ioredis, or a function",
    );
}

/**
 * `begin` and `fill`, one round trip each. After three failures in a row Redis is not asked for a pause, then once a
 * pause until it answers.
 */
export class Store {
    private failures = 0;
    private nextTry = 0;

    constructor(
        private readonly send: Send,
        private readonly names: KeyNames,
        private readonly timeout: number,
        private readonly pause: number,
        private readonly log: Log,
    ) {}

    /** Whether Redis answered when it was asked last. */
    get available(): boolean {
        return this.failures === 0;
    }

    async begin(key: Key, level: Level, database: string): Promise<Begun> {
        const answer = await this.run(BEGIN, beginCall(this.names, key, level, database));
        return begun((answer as unknown[]).map(text));
    }

    async fill(key: Key, token: Token, ttl: number, loaded: Loaded, database: string): Promise<string> {
        return text(await this.run(FILL, fillCall(this.names, key, token, ttl, loaded, database))) ?? "";
    }

    private async run(script: Script, call: Call): Promise<unknown> {
        if (!this.permitted()) {
            throw new RedisUnavailable("Redis failed repeatedly and is left alone for a moment");
        }
        try {
            const answer = await this.withinTimeout(this.evalsha(script, call));
            this.answered();
            return answer;
        } catch (failure) {
            this.failed(failure);
            throw new RedisUnavailable(message(failure), { cause: failure });
        }
    }

    private async evalsha(script: Script, call: Call): Promise<unknown> {
        const command = ["EVALSHA", script.digest, String(call.keys.length), ...call.keys, ...call.args];
        try {
            return await this.send(command);
        } catch (failure) {
            if (!message(failure).startsWith("NOSCRIPT")) {
                throw failure;
            }
        }
        await this.send(["SCRIPT", "LOAD", script.text]);
        return this.send(command);
    }

    /** Clients queue commands while they are not connected, for as long as it takes. */
    private async withinTimeout(answer: Promise<unknown>): Promise<unknown> {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new Error(`no answer within ${this.timeout} ms`)), this.timeout);
        });
        try {
            return await Promise.race([answer, late]);
        } finally {
            clearTimeout(timer);
        }
    }

    private permitted(): boolean {
        if (this.failures < FAILURES) {
            return true;
        }
        const now = performance.now();
        if (now < this.nextTry) {
            return false;
        }
        this.nextTry = now + this.pause;
        return true;
    }

    private failed(failure: unknown): void {
        this.failures++;
        this.nextTry = performance.now() + this.pause;
        if (this.failures === 1) {
            this.log.warn(`freshet-cache: Redis did not answer, reads are loaded: ${message(failure)}`);
        }
    }

    private answered(): void {
        if (this.failures > 0) {
            this.failures = 0;
            this.log.info("freshet-cache: Redis answers again");
        }
    }
}

function message(failure: unknown): string {
    return failure instanceof Error ? failure.message : String(failure);
}

/** A client may be set up to answer buffers. */
function text(part: unknown): string | null {
    return part === null || part === undefined ? null : typeof part === "string" ? part : String(part);
}
