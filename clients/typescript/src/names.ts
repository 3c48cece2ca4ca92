// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The names of keys and tags in Redis. docs/keys-and-tags.md of Freshet specifies them. */

const PLAIN = /^[A-Za-z0-9\-._@+]*$/;
const NAME = /^[A-Za-z0-9._@+=%-][A-Za-z0-9._@+=%~-]*$/;
const NAMESPACE = /^[a-z][a-z0-9-]*$/;

/** The owner of entries whose rows have no owner. */
export const SHARED = Symbol("rows without an owner");

export type Owner = string | typeof SHARED;

/** One part of a row's id: a text as PostgreSQL prints it, or a whole number. */
export type IdPart = string | number | bigint;

/** A row's id; an array for a composite one, in the order of the mapping. */
export type Id = IdPart | readonly IdPart[];

/**
 * What is cached: one view of one row of one owner. All that the value is computed from must belong to that owner. The
 * characters of entity and view must be letters, digits and `- . _ @ + ~ = %`, and the first one not `~`.
 */
export interface Key {
    readonly owner: Owner;
    readonly entity: string;
    readonly id: Id;
    readonly view: string;
}

/** Percent-encodes all but `A-Z a-z 0-9 - . _ @ +`, so that no value can break out of its part of a key. */
export function escape(value: string): string {
    if (PLAIN.test(value)) {
        return value;
    }
    let escaped = "";
    for (const byte of Buffer.from(value, "utf8")) {
        const char = String.fromCharCode(byte);
        escaped += byte < 128 && PLAIN.test(char) ? char : "%" + byte.toString(16).toUpperCase().padStart(2, "0");
    }
    return escaped;
}

/** The tag of a row itself. */
export function row(entity: string, id: Id): string {
    return `${entity}:${idOf(id)}`;
}

/** The tag of what descendants inherit from a row. */
export function inherited(entity: string, id: Id): string {
    return row(entity, id) + "/inherited";
}

/** The tag of the list of a row's children of one entity. */
export function children(entity: string, id: Id, childEntity: string): string {
    return `${row(entity, id)}/${childEntity}`;
}

/** The keys of one namespace, which is that of the invalidator's mapping. */
export class KeyNames {
    constructor(readonly namespace: string) {
        if (!NAMESPACE.test(namespace)) {
            throw new TypeError(`namespace '${namespace}' is not of the form ${NAMESPACE.source}`);
        }
    }

    entry(key: Key): string {
        requireName("entity", key.entity);
        requireName("view", key.view);
        return `${this.prefix(key.owner)}${row(key.entity, key.id)}:${key.view}`;
    }

    fences(owner: Owner): string {
        return this.prefix(owner) + "~fences";
    }

    /** The prefix of the sets of an owner's tags; the tag follows. */
    tagSets(owner: Owner): string {
        return this.prefix(owner) + "~tag:";
    }

    position(): string {
        return this.namespace + ":~position";
    }

    private prefix(owner: Owner): string {
        return `${this.namespace}:{${hashTag(owner)}}:`;
    }
}

function hashTag(owner: Owner): string {
    if (owner === SHARED) {
        return "~";
    }
    if (typeof owner !== "string") {
        const what = owner === null ? "null" : `a ${typeof owner}`;
        throw new TypeError(`the owner is ${what}, expected a string, or SHARED for rows without an owner`);
    }
    // Redis Cluster would take no notice of empty braces. Text in PostgreSQL has no NUL, so this is nobody else's.
    return escape(owner) || "%00";
}

function idOf(id: Id): string {
    const parts: readonly IdPart[] = Array.isArray(id) ? id : [id as IdPart];
    if (parts.length === 0) {
        throw new TypeError("an id needs at least one part");
    }
    return parts.map(text).join(",");
}

function text(part: IdPart): string {
    if (typeof part === "string") {
        return escape(part);
    }
    if (typeof part === "bigint" || Number.isSafeInteger(part)) {
        return String(part);
    }
    const what = typeof part === "number" ? "a number that is not a safe integer" : `a ${typeof part}`;
    throw new TypeError(`a part of an id is ${what}, expected a string as PostgreSQL prints it, or a whole number`);
}

function requireName(what: string, name: string): void {
    if (!NAME.test(name)) {
        throw new TypeError(`${what} '${name}' is not of the form ${NAME.source}`);
    }
}
