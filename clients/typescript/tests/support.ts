// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** A Redis for tests, the test vectors, and the invalidator's two scripts. */

import { readFileSync } from "node:fs";
import { createClient } from "redis";
import {
    EVENTUAL,
    type Key,
    type Level,
    Loaded,
    type Log,
    SHARED,
    STRONG,
    type Send,
    bounded,
    session,
} from "../src/index.js";

// The tests run from build/tests.
const VECTORS = new URL("../../../vectors/", import.meta.url);

/** In ms: when a test gives up waiting, on a machine under load. */
export const PATIENCE = 60_000;

/** What stands in a file. */
export type Case = any;

export const QUIET: Log = { info: () => {}, warn: () => {} };

export function vectors(name: string): Case {
    return JSON.parse(readFileSync(new URL(`${name}.json`, VECTORS), "utf8"));
}

export function script(name: string): string {
    return readFileSync(new URL(`scripts/${name}.lua`, VECTORS), "utf8");
}

/** Of the server that the script `test` started. It is emptied. */
export function redisUrl(): string {
    const url = process.env["FRESHET_TEST_REDIS"];
    if (!url) {
        throw new Error("FRESHET_TEST_REDIS is not set: run clients/typescript/test, which starts a Redis");
    }
    return url;
}

/** A connection of node-redis, that says what goes wrong where it is used. */
export async function connect(url = redisUrl()): Promise<{ send: Send; close: () => void }> {
    const client = createClient({ url, disableOfflineQueue: true });
    client.on("error", () => {});
    await client.connect();
    return { send: (args) => client.sendCommand(args), close: () => client.destroy() };
}

export function key(read: Case): Key {
    return { owner: read.owner ?? SHARED, entity: read.entity, id: read.id, view: read.view };
}

export function level(level: Case): Level {
    switch (level.name) {
        case "bounded":
            return bounded(level.maxAgeMillis);
        case "session":
            return session(level.position);
        case "strong":
            return STRONG;
        default:
            return EVENTUAL;
    }
}

export function loaded(from: Case): Loaded {
    let value = from.json === null ? Loaded.absent(from.tags) : Loaded.ofJson(from.json, from.tags);
    if (from.at !== undefined) {
        value = value.at(from.at, from.snapshot);
    }
    return from.database === undefined ? value : value.from(...halves(from.database));
}

/** `<system identifier>/<name>`. */
export function halves(database: string): [string, string] {
    const at = database.indexOf("/");
    return [database.slice(0, at), database.slice(at + 1)];
}

/** Evicts and publishes in namespace ctx, as the invalidator does, by its scripts. */
export class Invalidator {
    constructor(private readonly send: Send) {}

    /** From now on tags of these kinds are evicted. */
    async promise(kinds = "task task/inherited project"): Promise<void> {
        await this.send(["HSET", "ctx:~position", "covers", kinds, "covers-owned", kinds]);
    }

    async evict(owner: string, tags: string[]): Promise<void> {
        const prefix = `ctx:{${owner}}:~`;
        for (let left = tags; left.length > 0;) {
            const keys = [prefix + "fences", ...left.map((tag) => `${prefix}tag:${tag}`)];
            const answer = await this.eval("invalidate", keys, ["300000", "1000", "0", "10000", ...left]);
            left = left.slice(Number(answer[0]));
        }
    }

    async publish(lsn: string, heldAt = ""): Promise<void> {
        const master = String((await this.eval("publish", ["ctx:~position"], []))[1]);
        const args = [master, heldAt, "0", "", "", "lsn", lsn];
        const answer = await this.eval("publish", ["ctx:~position"], args);
        if (answer[0] !== 1) {
            throw new Error(`not published: ${answer}`);
        }
    }

    /** The time of Redis, in µs. */
    async time(): Promise<number> {
        const [seconds, micros] = (await this.send(["TIME"])) as string[];
        return Number(seconds) * 1_000_000 + Number(micros);
    }

    private async eval(name: string, keys: string[], args: string[]): Promise<unknown[]> {
        return (await this.send(["EVAL", script(name), String(keys.length), ...keys, ...args])) as unknown[];
    }
}
