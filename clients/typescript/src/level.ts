// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** How fresh a read must be. docs/consistency.md of Freshet says what each level means. */

import { WalPosition } from "./position.js";

/** In ms. The least bound: the invalidator proves at most twenty times a second that nothing is missing. */
export const LEAST_MAX_AGE = 100;

const MOST_MAX_AGE = 24 * 60 * 60 * 1000;

export type Level =
    | { readonly name: "eventual" }
    | { readonly name: "strong" }
    | { readonly name: "bounded"; readonly maxAgeMillis: number }
    | { readonly name: "session"; readonly position: WalPosition };

/** The cache as it stands. */
export const EVENTUAL: Level = { name: "eventual" };

/** No commit is missing: the loader answers, and Redis is not asked. */
export const STRONG: Level = { name: "strong" };

/** No commit older than this is missing, by the clock of Redis. */
export function bounded(maxAgeMillis: number): Level {
    if (!(maxAgeMillis >= LEAST_MAX_AGE && maxAgeMillis <= MOST_MAX_AGE)) {
        throw new RangeError(
            `max age ${maxAgeMillis} ms is not between 100 ms, the least that can be proved, and 1 day`,
        );
    }
    return { name: "bounded", maxAgeMillis };
}

/** Throws a TypeError or RangeError if it is none. */
export function requireLevel(level: Level): void {
    switch (level?.name) {
        case "eventual":
        case "strong":
            return;
        case "bounded":
            bounded(level.maxAgeMillis);
            return;
        case "session":
            if (level.position instanceof WalPosition) {
                return;
            }
    }
    throw new TypeError("what is asked for is no level, expected EVENTUAL, STRONG, bounded(ms) or session(position)");
}

/** No commit up to this position is missing, such as the program's own write, or what it read before. */
export function session(position: WalPosition | string): Level {
    return { name: "session", position: typeof position === "string" ? WalPosition.parse(position) : position };
}
