// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The text of an entry, which fill.lua writes. */

const BEGINNING =
    /^\{"tags":\["([^\]]*)"\](?:,"at":"([0-9A-Fa-f]+\/[0-9A-Fa-f]+)")?(?:,"snapshot":"([0-9:,]*)")?,"value":/;

/** An entry, split without parsing its value. */
export interface Entry {
    readonly tags: readonly string[];
    /** The value's JSON; null if the entry says that there is none. */
    readonly json: string | null;
    readonly at: string | null;
    readonly snapshot: string | null;
}

/** Splits an entry. Throws a TypeError if it is none. */
export function parseEntry(text: string): Entry {
    const found = BEGINNING.exec(text);
    if (found === null || found[0].length >= text.length) {
        throw new TypeError(`not an entry: ${text.length} characters without a value`);
    }
    const json = text.slice(found[0].length, -1);
    return {
        tags: found[1]!.split('","'),
        json: json === "null" ? null : json,
        at: found[2] ?? null,
        snapshot: found[3] ?? null,
    };
}
