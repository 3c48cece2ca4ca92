// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Reads through a real Redis, held against clients/vectors/reads.json. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Cache, ForeignPositionError, type Loaded, type Send } from "../src/index.js";
import { KeyNames } from "../src/names.js";
import {
    type Case,
    Invalidator,
    PATIENCE,
    QUIET,
    connect,
    halves,
    key,
    level,
    loaded,
    script,
    vectors,
} from "./support.js";

describe("reads", { concurrency: false }, () => {
    for (const one of vectors("reads").reads) {
        test(one.name, async () => {
            const { send, close } = await connect();
            try {
                await read(send, one);
            } finally {
                close();
            }
        });
    }
});

async function read(send: Send, one: Case): Promise<void> {
    await send(["FLUSHALL"]);
    for (const command of one.given) {
        await send(command);
    }
    if (one.heldAgoMillis !== undefined) {
        const held = (await new Invalidator(send).time()) - 1000 * one.heldAgoMillis;
        await send(["HSET", "ctx:~position", "held-at", String(held)]);
    }
    const [system, name] = one.database === undefined ? [] : halves(one.database);
    const cache = new Cache(send, {
        namespace: "ctx",
        commandTimeout: PATIENCE,
        log: QUIET,
        ...(system !== undefined && name !== undefined && { database: { system, name } }),
        ...(one.maxValueBytes !== undefined && { maxValueBytes: one.maxValueBytes }),
    });
    const { then } = one;
    const answer = cache.get(key(one.read), () => load(send, one), level(one.level));
    if (then.error === "foreign-position") {
        await assert.rejects(answer, ForeignPositionError);
    } else {
        const { status, json, position } = await answer;
        assert.deepEqual(
            { status, json, position: position && String(position) },
            { status: then.status, json: then.json, position: then.position },
        );
    }
    assert.equal(await send(["GET", new KeyNames("ctx").entry(key(one.read))]), then.stored);
}

async function load(send: Send, one: Case): Promise<Loaded> {
    assert.notEqual(one.loaded, null, "nothing was to be loaded");
    for (const step of one.during ?? []) {
        await send(step.command ?? ["EVAL", script(step.script), String(step.keys.length), ...step.keys, ...step.args]);
    }
    return loaded(one.loaded);
}
