// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** What a reader computes itself, held against clients/vectors. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BEGIN, FILL, beginCall, fillCall } from "../src/calls.js";
import { parseEntry } from "../src/entry.js";
import { Loaded, SHARED, WalPosition, bounded, children, inherited, row } from "../src/index.js";
import { KeyNames, escape } from "../src/names.js";
import { type Case, key, level, loaded, script, vectors } from "./support.js";

describe("names", () => {
    const { escaped, keys, tags, refused } = vectors("names");

    each("escaped", escaped, (one) => assert.equal(escape(one.value), one.escaped));

    each("keys", keys, (one) => {
        const of = new KeyNames(one.namespace);
        const { owner } = key(one);
        assert.equal(of.entry(key(one)), one.entry);
        assert.equal(of.fences(owner), one.fences);
        assert.equal(of.tagSets(owner), one.tagSets);
        assert.equal(of.position(), one.position);
    });

    each("tags", tags, (one) => {
        const { of, entity, id, child } = one;
        const tag = of === "children" ? children(entity, id, child) : { row, inherited }[of as "row"](entity, id);
        assert.equal(tag, one.tag);
    });

    const ctx = new KeyNames("ctx");
    each("refused namespaces", refused.namespaces, (namespace) =>
        assert.throws(() => new KeyNames(namespace), TypeError),
    );
    each("refused names", refused.names, (name) => {
        assert.throws(() => ctx.entry({ owner: "u1", entity: name, id: "42", view: "own" }), TypeError);
        assert.throws(() => ctx.entry({ owner: "u1", entity: "task", id: "42", view: name }), TypeError);
    });
    each("refused ids", refused.ids, (id) => assert.throws(() => row("task", id), TypeError));
    each("refused tags", refused.tags, (tag) => assert.throws(() => Loaded.of(1, [tag]), TypeError));

    test("numbers are ids, and nobody is nobody", () => {
        assert.equal(row("task", 42), "task:42");
        assert.equal(row("task", 42n), "task:42");
        assert.equal(ctx.entry({ owner: SHARED, entity: "org", id: [1, "2"], view: "own" }), "ctx:{~}:org:1,2:own");
        for (const wrong of [null, undefined, true, 1.5, NaN, 2 ** 53]) {
            assert.throws(() => row("task", [wrong as never]), /expected a string as PostgreSQL prints it/);
        }
        for (const nobody of [null, undefined]) {
            const unknown = { owner: nobody as never, entity: "task", id: 42, view: "own" };
            assert.throws(() => ctx.entry(unknown), /SHARED/);
        }
    });
});

describe("positions", () => {
    const { parsed, refused, later } = vectors("positions");

    each("parsed", parsed, (one) => {
        const position = WalPosition.parse(one.text);
        assert.deepEqual([position.high, position.low, position.system], [one.high, one.low, one.system]);
        assert.deepEqual([String(position), position.lsn], [one.printed, one.lsn]);
    });

    each("refused", refused, (text) => {
        assert.equal(WalPosition.find(text), null);
        assert.throws(() => WalPosition.parse(text), /pg_lsn/);
    });

    each("later", later, (pair) => {
        const [one, other] = [WalPosition.parse(pair.one), WalPosition.parse(pair.other)];
        if (pair.later === null) {
            assert.throws(() => one.later(other), /different clusters/);
        } else {
            assert.equal(String(one.later(other)), pair.later);
        }
    });
});

describe("entries", () => {
    const { entries, refused } = vectors("entries");

    each("entries", entries, ({ text, ...parts }) => assert.deepEqual(parseEntry(text), parts));
    each("refused", refused, (text) => assert.throws(() => parseEntry(text), TypeError));
});

describe("calls", () => {
    const { begin, fill, refused } = vectors("calls");
    const ctx = new KeyNames("ctx");

    each("begin", begin, ({ keys, args, ...one }) => {
        assert.deepEqual(beginCall(ctx, key(one.read), level(one.level), one.database), { keys, args });
    });

    each("fill", fill, ({ keys, args, ...one }) => {
        const call = fillCall(ctx, key(one.read), one.token, one.ttlMillis, loaded(one.loaded), one.database);
        assert.deepEqual(call, { keys, args });
    });

    each("refused maxAgesMillis", refused.maxAgesMillis, (millis) => assert.throws(() => bounded(millis), /max age/));
    each("refused loaded", refused.loaded, (value) => assert.throws(() => loaded(value), TypeError));
    each("refused snapshots", refused.snapshots, (snapshot) => {
        assert.throws(() => Loaded.of(1, ["task:42"]).at("0/1", snapshot), /snapshot/);
    });

    test("the scripts are those of the protocol", () => {
        assert.equal(BEGIN.text, script("begin"), "copy clients/vectors/scripts/begin.lua to src/scripts.ts");
        assert.equal(FILL.text, script("fill"), "copy clients/vectors/scripts/fill.lua to src/scripts.ts");
    });
});

/** A test for each case of a file. There must be some. */
function each(list: string, cases: Case[], body: (one: Case) => void): void {
    assert.ok(cases.length > 0);
    cases.forEach((one, i) => test(`${list} ${i}`, () => body(one)));
}
