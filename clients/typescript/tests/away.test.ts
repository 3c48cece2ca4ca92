// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Redis is away, silent, or was restarted: the loader answers, and that is said. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Redis as IoRedis } from "ioredis";
import { createClient } from "redis";
import { Cache, Loaded, type Redis, row } from "../src/index.js";
import { OwnRedis, freePort, until } from "./servers.js";
import { Invalidator, QUIET, connect } from "./support.js";

const KEY = { owner: "u1", entity: "task", id: 42, view: "own" };

async function load(): Promise<Loaded> {
    return Loaded.of({ id: 42 }, [row("task", 42)]);
}

describe("away", { concurrency: false }, () => {
    test("where there is no Redis, the loader answers", async () => {
        const url = `redis://127.0.0.1:${await freePort()}`;
        const nodeRedis = createClient({ url });
        nodeRedis.on("error", () => {});
        nodeRedis.connect().catch(() => {});
        const ioRedis = new IoRedis(url);
        ioRedis.on("error", () => {});
        try {
            for (const client of [nodeRedis, ioRedis] as Redis[]) {
                const said: string[] = [];
                const log = { info: () => {}, warn: (text: string) => said.push(text) };
                const cache = new Cache(client, { namespace: "ctx", commandTimeout: 20, pause: 3_600_000, log });
                for (let i = 0; i < 10; i++) {
                    const { status, value } = await cache.get(KEY, load);
                    assert.deepEqual({ status, value }, { status: "bypass", value: { id: 42 } });
                }
                assert.equal(said.length, 1);
                assert.match(said[0]!, /reads are loaded/);
                assert.equal(cache.redisAvailable, false);
            }
        } finally {
            nodeRedis.destroy();
            ioRedis.disconnect();
        }
    });

    test("a Redis that is silent is left alone after three timeouts", async () => {
        let asked = 0;
        const silent = () => {
            asked++;
            return new Promise(() => {});
        };
        const cache = new Cache(silent, { namespace: "ctx", commandTimeout: 10, pause: 3_600_000, log: QUIET });
        for (let i = 0; i < 10; i++) {
            assert.equal((await cache.get(KEY, load)).status, "bypass");
        }
        assert.equal(asked, 3);
    });

    test("what Redis refuses to do is loaded", async () => {
        const said: string[] = [];
        const log = { info: () => {}, warn: (text: string) => said.push(text) };
        const refusing = () => Promise.reject(new Error("NOPERM this user has no permissions"));
        assert.equal((await new Cache(refusing, { namespace: "ctx", log }).get(KEY, load)).status, "bypass");
        assert.match(said.join(), /NOPERM/);
    });

    const skip = OwnRedis.binary
        ? false
        : "FRESHET_TEST_REDIS_SERVER names no binary of Redis: run clients/typescript/test";
    test("a Redis that is back is asked again", { skip }, async () => {
        const server = await OwnRedis.start();
        const client = createClient({ url: server.url, socket: { reconnectStrategy: 20 } });
        client.on("error", () => {});
        await client.connect();
        try {
            const said: string[] = [];
            const log = { info: (text: string) => said.push(text), warn: () => {} };
            const cache = new Cache(client, { namespace: "ctx", commandTimeout: 1000, pause: 10, log });
            await promise(server.url);
            await until(async () => (await cache.get(KEY, load)).status === "hit");
            await server.stop();
            assert.equal((await cache.get(KEY, load)).status, "bypass");
            await server.start();
            await promise(server.url);
            await until(async () => (await cache.get(KEY, load)).status === "hit");
            assert.ok(
                said.some((text) => text.includes("answers again")),
                said.join(),
            );
            assert.equal(cache.redisAvailable, true);
        } finally {
            client.destroy();
            await server.remove();
        }
    });
});

async function promise(url: string): Promise<void> {
    const { send, close } = await connect(url);
    await new Invalidator(send).promise();
    close();
}
