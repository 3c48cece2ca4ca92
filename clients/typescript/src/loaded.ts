// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** What a loader answers. */

import { WalPosition } from "./position.js";

const TAG = /^(?:(?!["\\[\]])[!-}])+$/;
const SNAPSHOT = /^[0-9]+:[0-9]+:[0-9,]*$/;

/** A PostgreSQL database: `system_identifier::text` of `pg_control_system()`, and `current_database()`. */
export interface Database {
    readonly system: string;
    readonly name: string;
}

/** In the form that the scripts compare. */
export function databaseText(database: Database | null): string {
    return database === null ? "" : `${database.system}/${database.name}`;
}

/**
 * A JSON text, or that there is none, with the tags of everything that it was computed from. A tag left out is a change
 * that goes unnoticed. Immutable.
 */
export class Loaded {
    // Private, so that no value is printed by accident.
    readonly #json: string | null;

    private constructor(
        json: string | null,
        readonly tags: readonly string[],
        readonly position: WalPosition | null = null,
        readonly snapshot: string | null = null,
        readonly database: Database | null = null,
    ) {
        this.#json = json === "null" ? null : json;
        if (typeof tags === "string") {
            throw new TypeError("the tags are one string, expected several tags, such as [row('task', 42)]");
        }
        this.tags = [...new Set(tags)];
        if (this.tags.length === 0) {
            throw new TypeError("a cached value needs at least one tag, or no change could evict it");
        }
        const bad = this.tags.find((tag) => !TAG.test(tag));
        if (bad !== undefined) {
            throw new TypeError(
                `tag '${bad}' has characters other than printable ASCII without " [ \\ ] ~: escape ids`,
            );
        }
        if (json === "") {
            throw new TypeError("an empty text is not JSON");
        }
    }

    /** A value that JSON.stringify can write. `null` means the same as `absent`. */
    static of(value: unknown, tags: readonly string[]): Loaded {
        const json: string | undefined = JSON.stringify(value);
        if (json === undefined) {
            throw new TypeError(`a ${typeof value} has no JSON; for 'does not exist' use Loaded.absent`);
        }
        return new Loaded(json, tags);
    }

    /** A JSON text, as `row_to_json(t)::text` gives it. It is not checked. */
    static ofJson(json: string, tags: readonly string[]): Loaded {
        return new Loaded(json, tags);
    }

    /** What was asked for does not exist. The tags are those that its creation purges. */
    static absent(tags: readonly string[]): Loaded {
        return new Loaded(null, tags);
    }

    /**
     * The same, with the point in PostgreSQL's history at which it was read. Sessions use the position. Query both in
     * the loader's own transaction, the position after the snapshot was taken: `pg_current_wal_insert_lsn()` and
     * `pg_current_snapshot()`, as text.
     */
    at(position: string, snapshot: string): Loaded {
        if (!SNAPSHOT.test(snapshot)) {
            throw new TypeError(`snapshot '${snapshot}' is not of the form of pg_snapshot, such as 790:795:791`);
        }
        return new Loaded(this.#json, this.tags, WalPosition.parse(position).of(null), snapshot, this.database);
    }

    /**
     * The same, with the database that it was read from. From then on the cache takes and stores nothing where the
     * invalidator works on another database.
     */
    from(system: string, name: string): Loaded {
        return new Loaded(this.#json, this.tags, this.position, this.snapshot, { system, name });
    }

    /** Null if what was asked for does not exist. */
    get json(): string | null {
        return this.#json;
    }

    /** The text between the tags and the value of its entry. */
    get trace(): string {
        return this.position === null ? "" : `"at":"${this.position.lsn}","snapshot":"${this.snapshot}",`;
    }
}
