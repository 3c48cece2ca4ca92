// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** What a cache answers, and what it asks Redis for. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, describe, test } from "node:test";
import { inspect } from "node:util";
import { Redis as IoRedis } from "ioredis";
import { createClient } from "redis";
import {
    Cache,
    EVENTUAL,
    type Key,
    type Level,
    Loaded,
    STRONG,
    type Send,
    bounded,
    row,
    session,
} from "../src/index.js";
import { Invalidator, PATIENCE, QUIET, connect, redisUrl } from "./support.js";

const KEY: Key = { owner: "u1", entity: "task", id: 42, view: "own" };
const TAGS = [row("task", 42)];
const OPTIONS = { namespace: "ctx", commandTimeout: PATIENCE, log: QUIET };

let send: Send;
let close: () => void;
let invalidator: Invalidator;
let cache: Cache;
let loads: number;

before(async () => ({ send, close } = await connect()));
after(() => close());
beforeEach(async () => {
    await send(["FLUSHALL"]);
    invalidator = new Invalidator(send);
    await invalidator.promise();
    cache = new Cache(send, OPTIONS);
    loads = 0;
});

async function load(): Promise<Loaded> {
    loads++;
    return Loaded.of({ load: loads }, TAGS);
}

describe("a cache", { concurrency: false }, () => {
    test("a value is loaded once until it is evicted", async () => {
        for (const expected of ["miss", "hit", "hit"]) {
            const { status, value } = await cache.get(KEY, load);
            assert.deepEqual({ status, value }, { status: expected, value: { load: 1 } });
        }
        await invalidator.evict("u1", TAGS);
        assert.deepEqual((await cache.get(KEY, load)).value, { load: 2 });
    });

    test("what does not exist is cached, too, and not for as long", async () => {
        for (const expected of ["miss", "hit"]) {
            const { status, exists, value } = await cache.get(KEY, async () => Loaded.absent(TAGS));
            assert.deepEqual({ status, exists, value }, { status: expected, exists: false, value: null });
        }
        assert.ok(Number(await send(["PTTL", "ctx:{u1}:task:42:own"])) <= 33_000);
    });

    test("a value is the same from the loader and from Redis", async () => {
        const value = { name: "Zoë 😀", quotes: '"]}', list: [1, 2.5, null, true], empty: {} };
        for (const expected of ["miss", "hit"]) {
            const result = await cache.get(KEY, async () => Loaded.of(value, TAGS));
            assert.equal(result.status, expected);
            assert.deepEqual(result.value, value);
        }
    });

    test("the value is not printed", async () => {
        const loaded = Loaded.of("secret", TAGS);
        assert.doesNotMatch(inspect([loaded, await cache.get(KEY, async () => loaded)], { depth: 9 }), /secret/);
    });

    test("a session reads its own write", async () => {
        await cache.get(KEY, load);
        await invalidator.publish("0/10");
        const levels: [Level, string][] = [
            [session("0/10"), "hit"],
            [session("0/11"), "behind"],
            [STRONG, "bypass"],
        ];
        for (const [level, expected] of levels) {
            assert.equal((await cache.get(KEY, load, level)).status, expected);
        }
        assert.equal(loads, 3);
    });

    test("a bound is left for the invalidator", async () => {
        await cache.get(KEY, load, bounded(250));
        assert.equal(await send(["HGET", "ctx:~position", "wanted"]), "250000");
    });

    test("what the loader throws is thrown and not cached", async () => {
        const thrown = new Error("no such table");
        await assert.rejects(
            cache.get(KEY, () => Promise.reject(thrown)),
            (error) => error === thrown,
        );
        const throwing = () => {
            throw thrown;
        };
        await assert.rejects(cache.get(KEY, throwing), (error) => error === thrown);
        assert.equal((await cache.get(KEY, load)).status, "miss");
    });

    test("a loader that answers something else is told so", async () => {
        await assert.rejects(cache.get(KEY, (async () => ({ id: 42 })) as never), /answered a object, expected Loaded/);
    });

    test("a loader that asks for its own key is refused", async () => {
        const own = async () => Loaded.of((await cache.get(KEY, load)).value, TAGS);
        await assert.rejects(cache.get(KEY, own), /the very key that it loads/);
    });

    test("as are loaders that ask in a circle", async () => {
        const other = { ...KEY, id: 43 };
        const circle = async () => Loaded.of((await cache.get(other, () => back())).value, TAGS);
        const back = async () => Loaded.of((await cache.get(KEY, circle)).value, TAGS);
        await assert.rejects(cache.get(KEY, circle), /the very key that it loads/);
    });

    test("a loader may read another key", async () => {
        const other = { ...KEY, id: 43 };
        const result = await cache.get(KEY, async () => Loaded.of((await cache.get(other, load)).value, TAGS));
        assert.deepEqual(result.value, { load: 1 });
    });

    test("scripts that Redis forgot are loaded again", async () => {
        await cache.get(KEY, load);
        await send(["SCRIPT", "FLUSH"]);
        assert.equal((await cache.get(KEY, load)).status, "hit");
    });

    test("the rights of a reader are enough", async () => {
        const acl = readFileSync(new URL("../../../../deploy/redis/users.acl", import.meta.url), "utf8");
        const line = acl.split("\n").find((user) => user.startsWith("user reader "))!;
        // Redis 7.0 does not know CLIENT SETINFO.
        const rights = line
            .replace("#@READER_SHA256@", ">p@ss/word")
            .replace("@NAMESPACE@", "ctx")
            .replace(" +client|setinfo", "");
        await send(["ACL", "SETUSER", ...rights.split(" ").slice(1)]);
        const reader = await connect(redisUrl().replace("redis://", "redis://reader:p%40ss%2Fword@"));
        try {
            await assert.rejects(reader.send(["FLUSHALL"]), /NOPERM/);
            const limited = new Cache(reader.send, OPTIONS);
            await invalidator.publish("0/10");
            // Nobody has told when that position was held.
            assert.equal((await limited.get(KEY, load, bounded(100))).status, "behind");
            assert.equal((await limited.get(KEY, load, session("0/10"))).status, "hit");
        } finally {
            reader.close();
            await send(["ACL", "DELUSER", "reader"]);
        }
    });

    test("mistakes in settings are named", () => {
        const mistakes: [object, RegExp][] = [
            [{ ttl: 0 }, /ttl 0/],
            [{ ttlJitter: 1 }, /ttlJitter 1/],
            [{ maxValueBytes: NaN }, /maxValueBytes NaN/],
            [{ commandTimeout: -1 }, /commandTimeout -1/],
            [{ namespace: "Ctx" }, /'Ctx'/],
        ];
        for (const [wrong, named] of mistakes) {
            assert.throws(() => new Cache(send, { namespace: "ctx", ...wrong }), named);
        }
        assert.throws(() => new Cache({} as never, { namespace: "ctx" }), /expected a client of node-redis or ioredis/);
    });

    test("what is no level is not taken for the weakest", async () => {
        const wrong = ["strong", null, 500, { name: "Strong" }, { name: "session", position: "0/1" }];
        for (const level of [...wrong, { name: "bounded", maxAgeMillis: NaN }]) {
            await assert.rejects(cache.get(KEY, load, level as never), /expected EVENTUAL, STRONG|max age NaN/);
        }
    });

    test("why nothing is cached is said once", async () => {
        const said: string[] = [];
        cache = new Cache(send, { ...OPTIONS, log: { info: () => {}, warn: (text) => said.push(text) } });
        await invalidator.promise("project");
        for (let i = 0; i < 3; i++) {
            assert.equal((await cache.get(KEY, load)).status, "uncovered");
        }
        assert.equal(said.length, 1);
        assert.match(said[0]!, /`tags: true` for entity task/);
        assert.match(cache.uncached!, /does not evict tags of the kinds task$/);
        await send(["DEL", "ctx:~position"]);
        for (let i = 0; i < 3; i++) {
            assert.equal((await cache.get(KEY, load)).status, "no-invalidator");
        }
        assert.equal(said.length, 2);
        assert.equal(cache.uncached, "no invalidator publishes in namespace ctx");
    });
});

describe("clients", { concurrency: false }, () => {
    test("node-redis", async () => {
        const client = createClient({ url: redisUrl() });
        await client.connect();
        try {
            await missThenHit(new Cache(client, OPTIONS));
        } finally {
            client.destroy();
        }
    });

    test("ioredis", async () => {
        const client = new IoRedis(redisUrl());
        try {
            await missThenHit(new Cache(client, OPTIONS));
            await client.script("FLUSH");
            assert.equal((await new Cache(client, OPTIONS).get(KEY, load)).status, "hit");
        } finally {
            client.disconnect();
        }
    });

    test("one that answers buffers", async () => {
        const buffers: Send = async (args) => buffered(await send(args));
        await missThenHit(new Cache(buffers, OPTIONS));
    });

    async function missThenHit(cache: Cache): Promise<void> {
        for (const expected of ["miss", "hit"]) {
            const result = await cache.get(KEY, async () => Loaded.of({ name: "Zoë" }, TAGS));
            assert.equal(result.status, expected);
            assert.deepEqual(result.value, { name: "Zoë" });
        }
    }

    function buffered(answer: unknown): unknown {
        return Array.isArray(answer) ? answer.map(buffered) : typeof answer === "string" ? Buffer.from(answer) : answer;
    }
});

describe("callers of one key", { concurrency: false }, () => {
    test("of a cold key share one load", async () => {
        const results = await Promise.all(Array.from({ length: 16 }, () => cache.get(KEY, load)));
        for (const result of results) {
            assert.deepEqual(result.value, { load: 1 });
        }
        assert.equal(loads, 1);
    });

    test("who asks for more than the cache as it stands shares no load that began before", async () => {
        await invalidator.publish("0/10");
        // The write that the second caller knows of came after the load began.
        assert.deepEqual(await duringALoad(session("0/11")), [{ load: 1 }, { load: 2 }]);
    });

    test("a load that was refused is nobody else's", async () => {
        assert.deepEqual(await duringALoad(EVENTUAL, () => invalidator.evict("u1", TAGS)), [{ load: 1 }, { load: 2 }]);
    });

    test("a load that was stored is everybody's", async () => {
        assert.deepEqual(await duringALoad(EVENTUAL), [{ load: 1 }, { load: 1 }]);
    });

    test("who waits gets what the loader threw", async () => {
        const failing = async () => {
            await load();
            throw new Error("no such table");
        };
        const both = await Promise.allSettled([cache.get(KEY, failing), cache.get(KEY, failing)]);
        assert.deepEqual(
            both.map((end) => end.status === "rejected" && end.reason.message),
            ["no such table", "no such table"],
        );
        assert.equal(loads, 1);
    });

    /** What a caller and a second one get, who asks while the load of the first one is under way. */
    async function duringALoad(level: Level, before = async () => {}): Promise<unknown[]> {
        let goOn = () => {};
        const going = new Promise<void>((resolve) => (goOn = resolve));
        let begun = () => {};
        const hasBegun = new Promise<void>((resolve) => (begun = resolve));
        let asked = 0;
        const counting: Send = async (args) => {
            const answer = await send(args);
            asked++;
            return answer;
        };
        cache = new Cache(counting, OPTIONS);
        const slow = async () => {
            const loaded = await load();
            begun();
            await going;
            return loaded;
        };
        const first = cache.get(KEY, slow);
        await hasBegun;
        await before();
        const atFirst = asked;
        const second = cache.get(KEY, slow, level);
        while (asked === atFirst) {
            await new Promise(setImmediate);
        }
        // What follows the answer of Redis, up to the wait for the first load.
        await new Promise(setImmediate);
        goOn();
        return (await Promise.all([first, second])).map((result) => result.value);
    }
});
