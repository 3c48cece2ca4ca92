// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** A database in memory, an invalidator that follows it by the protocol's scripts, and what each read must not miss. */

import { setTimeout as sleep } from "node:timers/promises";
import {
    Cache,
    EVENTUAL,
    type Level,
    Loaded,
    type Result,
    STRONG,
    type Send,
    bounded,
    row,
    session,
} from "../src/index.js";
import { Invalidator, PATIENCE, QUIET } from "./support.js";

const ROWS = 3;

/** Some rows, each of which counts its changes. A position is the number of commits so far. */
class Database {
    readonly history: number[][] = [new Array<number>(ROWS).fill(0)];
    private readonly times = [0];

    commit(changed: number): void {
        this.history.push(this.history.at(-1)!.map((version, i) => version + Number(i === changed)));
        this.times.push(Date.now());
    }

    get position(): number {
        return this.history.length - 1;
    }

    /** That of the last commit of which it is sure that it was made before a moment. */
    positionAt(moment: number): number {
        return this.times.findLastIndex((at) => at < moment);
    }
}

function lsn(position: number): string {
    return "0/" + position.toString(16).toUpperCase();
}

/** Writers, readers, an invalidator and faults, until enough was seen or something stale was read. */
export class Race {
    readonly seen: Partial<Record<string, number>> = {};
    stale: string | null = null;
    private readonly database = new Database();
    private readonly invalidator: Invalidator;
    private readonly caches: Cache[];
    private published = 0;
    private over = false;

    /** @param send of the invalidator, and of each reader */
    constructor(
        private readonly send: Send,
        readers: Send[],
    ) {
        this.invalidator = new Invalidator(send);
        this.caches = readers.map(
            (reader) => new Cache(reader, { namespace: "ctx", commandTimeout: PATIENCE, log: QUIET, ttlJitter: 0 }),
        );
    }

    /** Ends after something stale, a failure, patience, or when there were some reads of each wanted kind. */
    async run(wanted: string[]): Promise<void> {
        await this.send(["FLUSHALL"]);
        await this.invalidator.promise();
        const workers = [
            this.write(),
            this.evict(),
            this.breakThings(),
            ...Array.from({ length: 8 }, () => this.read()),
        ];
        const all = Promise.all(workers.map((worker) => worker.finally(() => (this.over = true))));
        const deadline = performance.now() + PATIENCE;
        while (!this.over && performance.now() < deadline && !wanted.every((kind) => (this.seen[kind] ?? 0) >= 20)) {
            await sleep(10);
        }
        this.over = true;
        await all;
    }

    private async write(): Promise<void> {
        while (!this.over) {
            this.database.commit(pick(ROWS));
            await sleep([0, 1, 20][pick(3)]);
        }
    }

    private async evict(): Promise<void> {
        for (let done = 0; !this.over;) {
            const heldAt = await this.invalidator.time();
            const position = this.database.position;
            const changed = new Set<number>();
            for (let at = done; at < position; at++) {
                const [before, after] = [this.database.history[at]!, this.database.history[at + 1]!];
                changed.add(after.findIndex((version, i) => version !== before[i]));
            }
            await this.invalidator.evict(
                "u1",
                [...changed].map((i) => row("task", i)),
            );
            await this.invalidator.publish(lsn(position), String(heldAt));
            this.published = done = position;
            // It lags now and then.
            await sleep(Math.random() < 0.05 ? 300 : 0);
        }
    }

    /** Redis drops, at any time, what it may drop. */
    private async breakThings(): Promise<void> {
        while (!this.over) {
            await sleep(20);
            const what = [
                ["DEL", `ctx:{u1}:~tag:task:${pick(ROWS)}`],
                ["DEL", "ctx:{u1}:~fences"],
                ["HDEL", "ctx:~position", "lsn", "held-at"],
                ["SCRIPT", "FLUSH"],
            ];
            await this.send(what[pick(what.length)]!);
        }
    }

    private async read(): Promise<void> {
        for (let mine = 0; !this.over;) {
            const cache = this.caches[pick(this.caches.length)]!;
            // One row, or what is computed from all of them.
            const which = pick(ROWS + 1);
            const rows = which === ROWS ? [...Array(ROWS).keys()] : [which];
            const [level, least] = this.level(which, mine);
            const key = { owner: "u1", entity: "task", id: which, view: "own" };
            const result = await cache.get(key, () => this.load(rows), level);
            this.check(result, level, rows, least);
            mine = Math.max(mine, result.position!.low);
            // Others have their turn even where nothing is waited for.
            await sleep(0);
        }
    }

    /** A level, and the position up to which the answer must not miss any commit. */
    private level(which: number, mine: number): [Level, number] {
        // Sessions load often, and so refresh an entry. That of row 0 is left to grow old.
        const level = pick(which === 0 ? 2 : 4);
        if (level === 0) {
            return [bounded(100), Math.max(this.published, this.database.positionAt(Date.now() - 100))];
        }
        if (level === 1) {
            return [EVENTUAL, this.published];
        }
        if (level === 2 && Math.random() < 0.2) {
            return [STRONG, this.database.position];
        }
        const written = Math.max(mine, Math.random() < 0.2 ? this.database.position : 0);
        return [session(lsn(written)), Math.max(this.published, written)];
    }

    private async load(rows: number[]): Promise<Loaded> {
        const position = this.database.position;
        const versions = rows.map((i) => this.database.history[position]![i]);
        await sleep([0, 1, 5][pick(3)]);
        const tags = rows.map((i) => row("task", i));
        return Loaded.of(versions, tags).at(lsn(position), "1:1:");
    }

    private check(result: Result, level: Level, rows: number[], least: number): void {
        this.seen[result.status] = (this.seen[result.status] ?? 0) + 1;
        const needed = rows.map((i) => this.database.history[least]![i]!);
        const got = result.value as number[];
        if (got.some((version, i) => version < needed[i]!)) {
            this.stale = `${level.name}: ${result.status} answered ${got}, older than ${needed} of position ${least}`;
            this.over = true;
        }
    }
}

function pick(n: number): number {
    return Math.floor(Math.random() * n);
}
