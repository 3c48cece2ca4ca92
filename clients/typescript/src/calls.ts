// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** What the two scripts of a reader are called with. No I/O. */

import { createHash } from "node:crypto";
import { type Level } from "./level.js";
import { type Loaded, databaseText } from "./loaded.js";
import { type Key, type KeyNames, type Owner, SHARED } from "./names.js";
import * as scripts from "./scripts.js";

/** How long the invalidator keeps a fence, in ms. Both sides must go by the same. */
export const FENCE_LIFETIME = 300_000;

/** A Lua script of the protocol. It is run by its digest, so that nobody needs the right to EVAL. */
export class Script {
    readonly digest: string;

    constructor(readonly text: string) {
        this.digest = createHash("sha1").update(text, "utf8").digest("hex");
    }
}

export const BEGIN = new Script(scripts.BEGIN);
export const FILL = new Script(scripts.FILL);

/** When a load began, in µs by the time of the owner, and which fence set told it. */
export interface Token {
    readonly created: string;
    readonly time: string;
}

/** The keys and arguments of one call of a script. */
export interface Call {
    readonly keys: string[];
    readonly args: string[];
}

/**
 * Asks for an entry, or a token.
 *
 * @param database `<system identifier>/<name>`, or empty if it is not known
 */
export function beginCall(names: KeyNames, key: Key, level: Level, database: string): Call {
    const args = [names.tagSets(key.owner), String(FENCE_LIFETIME), names.position(), coverage(key.owner), database];
    if (level.name === "session") {
        // In two halves: a number in Redis' Lua holds 53 bits.
        const { high, low, system } = level.position;
        args.push("session", String(high), String(low), system ?? "");
    } else if (level.name === "bounded") {
        args.push("bounded", String(Math.round(1000 * level.maxAgeMillis)));
    }
    return { keys: [names.fences(key.owner), names.entry(key)], args };
}

/**
 * Offers a loaded value.
 *
 * @param ttl its time to live, in ms
 * @param database counts only if the loader told none
 */
export function fillCall(names: KeyNames, key: Key, token: Token, ttl: number, loaded: Loaded, database: string): Call {
    const known = loaded.database === null ? database : databaseText(loaded.database);
    const sets = loaded.tags.map((tag) => names.tagSets(key.owner) + tag);
    return {
        keys: [names.fences(key.owner), names.entry(key), ...sets],
        args: [
            token.created,
            token.time,
            String(FENCE_LIFETIME),
            String(ttl),
            loaded.trace,
            loaded.json ?? "null",
            names.position(),
            coverage(key.owner),
            known,
            ...loaded.tags,
        ],
    };
}

/** The answer to `begin`. */
export interface Begun {
    readonly entry: string | null;
    readonly token: Token | null;
    /** `behind`, `no-invalidator`, `foreign` or `uncovered <kind>`; null if nothing is in the way. */
    readonly hindrance: string | null;
}

export const WITHOUT_REDIS: Begun = { entry: null, token: null, hindrance: null };

export function begun(answer: readonly (string | null)[]): Begun {
    if (answer.length === 1) {
        return { entry: answer[0] ?? null, token: null, hindrance: null };
    }
    const [, created, time, hindrance] = answer;
    return { entry: null, token: created && time ? { created, time } : null, hindrance: hindrance ?? null };
}

function coverage(owner: Owner): string {
    return owner === SHARED ? "covers" : "covers-owned";
}
