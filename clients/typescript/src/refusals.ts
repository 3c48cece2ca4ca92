// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Says, once, why values are not cached. */

import { type Log } from "./store.js";

const MOST_KINDS = 100;
const REMEMBERED = 300_000;

/** Why reads and fills were refused lately. */
export class Refusals {
    private standing: "no-invalidator" | "foreign" | null = null;
    private readonly kinds = new Set<string>();
    private lastUncovered = 0;

    constructor(
        private readonly namespace: string,
        private readonly log: Log,
    ) {}

    /** What a script answered instead of doing what it was asked; null if it did that. */
    note(hindrance: string | null): void {
        const [why, kind] = split(hindrance ?? "");
        if (why === "uncovered") {
            this.uncovered(kind);
        } else if (why === "no-invalidator" || why === "foreign") {
            this.unserved(why);
        } else if (why === "" && this.standing !== null) {
            this.standing = null;
            this.log.info(`freshet-cache: an invalidator publishes in namespace ${this.namespace}: values are cached`);
        }
    }

    /** Why no value is cached, if that is so; else why some are not. */
    get problem(): string | null {
        if (this.standing === "no-invalidator") {
            return `no invalidator publishes in namespace ${this.namespace}`;
        }
        if (this.standing === "foreign") {
            return `the invalidator of namespace ${this.namespace} works on another database`;
        }
        if (this.kinds.size === 0 || performance.now() - this.lastUncovered > REMEMBERED) {
            return null;
        }
        const kinds = [...this.kinds].sort().join(", ");
        return `the invalidator of namespace ${this.namespace} does not evict tags of the kinds ${kinds}`;
    }

    private unserved(why: "no-invalidator" | "foreign"): void {
        if (this.standing === why) {
            return;
        }
        this.standing = why;
        this.log.warn(
            why === "foreign"
                ? `freshet-cache: the invalidator that publishes in namespace ${this.namespace} works on another database` +
                      " than this reader: every read is loaded and nothing is cached. Give each database a namespace of" +
                      " its own, in the mapping and here"
                : `freshet-cache: no invalidator publishes in namespace ${this.namespace}: every read is loaded and` +
                      " nothing is cached until one does. Start `freshet invalidator run` on this Redis, with a mapping" +
                      ` that says \`namespace: ${this.namespace}\``,
        );
    }

    private uncovered(kind: string): void {
        this.lastUncovered = performance.now();
        if (this.kinds.has(kind) || this.kinds.size >= MOST_KINDS) {
            return;
        }
        this.kinds.add(kind);
        const [entity, facet] = split(kind, "/");
        const child = facet === "inherited" ? "" : ` ${facet}`;
        const parent = facet === "" ? "" : ` and an entity${child} whose \`parent\` it is`;
        this.log.warn(
            `freshet-cache: values with tags of the kind ${kind} are not cached: the invalidator of namespace` +
                ` ${this.namespace} evicts none of these. Every read of them is loaded. In its mapping expected:` +
                ` \`tags: true\` for entity ${entity}${parent}, and an \`isolate\` if its rows have owners; then these` +
                " values are entries of the owner, not shared ones",
        );
    }
}

function split(text: string, by = " "): [string, string] {
    const at = text.indexOf(by);
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
