// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The answer to one read. */

import { type WalPosition } from "./position.js";

/**
 * How a read was answered:
 *
 * - `hit`: from Redis
 * - `miss`: loaded and stored
 * - `refused`: loaded, right for this caller, and not stored: it may have gone stale during the load, or is too large
 * - `behind`: loaded, because the published position does not prove the cache fresh enough for this read
 * - `uncovered`: loaded and not stored: nobody evicts tags of one of its kinds; the log says what to change
 * - `no-invalidator`: loaded and not stored: no invalidator for the reader's database publishes in the namespace
 * - `bypass`: loaded, because the read was strong, or Redis did not answer; or nobody knows whether it stored the value
 */
export type Status = "hit" | "miss" | "refused" | "behind" | "uncovered" | "no-invalidator" | "bypass";

export class Result {
    // Private, so that no value is printed by accident.
    readonly #json: string | null;

    /** @param position no commit that the value shows lies behind it, for `session`; null if the loader told none */
    constructor(
        json: string | null,
        readonly status: Status,
        readonly position: WalPosition | null,
    ) {
        this.#json = json;
    }

    /** The value as JSON; null if what was asked for does not exist. */
    get json(): string | null {
        return this.#json;
    }

    /** The value, parsed anew each time, so that it is the caller's own; null if it does not exist. */
    get value(): unknown {
        return this.#json === null ? null : JSON.parse(this.#json);
    }

    get exists(): boolean {
        return this.#json !== null;
    }
}
