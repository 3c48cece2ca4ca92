// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** A Redis that a test may stop and start. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE, connect } from "./support.js";

export async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    return port;
}

/** Its address stays. */
export class OwnRedis {
    private process: ChildProcess | null = null;

    private constructor(
        private readonly port: number,
        private readonly folder: string,
    ) {}

    static async start(): Promise<OwnRedis> {
        const server = new OwnRedis(await freePort(), await mkdtemp(join(tmpdir(), "freshet-")));
        await server.start();
        return server;
    }

    /** The binary, if the script `test` told one. */
    static get binary(): string {
        return process.env["FRESHET_TEST_REDIS_SERVER"] ?? "";
    }

    get url(): string {
        return `redis://127.0.0.1:${this.port}`;
    }

    async start(): Promise<void> {
        const options = ["--port", String(this.port), "--bind", "127.0.0.1", "--save", ""];
        this.process = spawn(OwnRedis.binary, options, { cwd: this.folder, stdio: "ignore" });
        await until(async () => {
            const { close } = await connect(this.url);
            close();
            return true;
        });
    }

    async stop(): Promise<void> {
        const ended = once(this.process!, "exit");
        this.process!.kill();
        await ended;
    }

    async remove(): Promise<void> {
        await this.stop();
        await rm(this.folder, { recursive: true });
    }
}

/** Waits until a condition holds; an error means that it does not yet. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    let failure: unknown;
    while (performance.now() < deadline) {
        try {
            if (await condition()) {
                return;
            }
        } catch (error) {
            failure = error;
        }
        await sleep(5);
    }
    throw new Error("did not happen in time", { cause: failure });
}
