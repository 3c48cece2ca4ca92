// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The read-through cache. */

import { AsyncLocalStorage } from "node:async_hooks";
import { type Begun, WITHOUT_REDIS } from "./calls.js";
import { parseEntry } from "./entry.js";
import { type Flight, Flights } from "./flight.js";
import { EVENTUAL, type Level, requireLevel } from "./level.js";
import { type Database, Loaded, databaseText } from "./loaded.js";
import { type Key, KeyNames } from "./names.js";
import { ForeignPositionError, WalPosition } from "./position.js";
import { Refusals } from "./refusals.js";
import { Result, type Status } from "./result.js";
import { type Log, type Redis, RedisUnavailable, Store, sender } from "./store.js";

/** Computes a value from the database, and says what it was computed from. */
export type Loader = () => Promise<Loaded>;

export interface Options {
    /** That of the invalidator's mapping, such as `ctx`. */
    readonly namespace: string;
    /** The one that loaders read, if it is known beforehand; else what they tell by `Loaded.from`. */
    readonly database?: Database;
    /** How long a value is kept at most, in ms, before jitter. Default: 300,000. */
    readonly ttl?: number;
    /** The same for "does not exist". Default: 30,000. */
    readonly absentTtl?: number;
    /** Share of the time to live by which it varies. Default: 0.1. */
    readonly ttlJitter?: number;
    /** Larger values are answered but not stored. Default: 1 MiB. */
    readonly maxValueBytes?: number;
    /** How long Redis may take, in ms; after that the loader answers. Default: 500. */
    readonly commandTimeout?: number;
    /** How long Redis is not asked after three failures in a row, in ms. Default: 1,000. */
    readonly pause?: number;
    /** Where to say that Redis is away, or why values are not cached. Default: the console. */
    readonly log?: Log;
}

/** The loads that the code that runs is part of. */
const loading = new AsyncLocalStorage<ReadonlySet<unknown>>();

/**
 * A read-through cache of JSON values in Redis, which the invalidator keeps coherent with PostgreSQL.
 *
 * A read asks Redis. On a miss it takes a token, runs the loader, and offers the value with the token. Redis refuses it
 * if anything that it was computed from was evicted since. So once the position of a commit is published, no later read
 * gets a cached value that was computed without that commit.
 *
 * A Redis that is away, slow or failing fails no read: the loader answers, with status `bypass`.
 */
export class Cache {
    private readonly names: KeyNames;
    private readonly store: Store;
    private readonly refusals: Refusals;
    private readonly flights = new Flights<Result>();
    private readonly ttl: number;
    private readonly absentTtl: number;
    private readonly ttlJitter: number;
    private readonly maxValueBytes: number;
    private database: Database | null;

    constructor(redis: Redis, options: Options) {
        const log = options.log ?? console;
        this.names = new KeyNames(options.namespace);
        this.ttl = positive("ttl", options.ttl ?? 300_000);
        this.absentTtl = positive("absentTtl", options.absentTtl ?? 30_000);
        this.ttlJitter = options.ttlJitter ?? 0.1;
        if (!(this.ttlJitter >= 0 && this.ttlJitter < 1)) {
            throw new RangeError(`ttlJitter ${this.ttlJitter} is not in [0, 1)`);
        }
        this.maxValueBytes = positive("maxValueBytes", options.maxValueBytes ?? 1 << 20);
        const timeout = positive("commandTimeout", options.commandTimeout ?? 500);
        this.store = new Store(sender(redis), this.names, timeout, positive("pause", options.pause ?? 1000), log);
        this.refusals = new Refusals(options.namespace, log);
        this.database = options.database ?? null;
    }

    /**
     * Reads from the cache if it is known to be fresh enough for this level, or else by the loader.
     *
     * The loader runs after the token was taken. It must read the primary, with a snapshot of its own, not in a
     * transaction that was begun before. All callers of a key must load the same: one may be answered by the load of
     * another one, and then also gets what that loader threw. A loader must not ask for its own key.
     *
     * What the loader throws reaches the caller unchanged, and nothing is cached. Throws a ForeignPositionError if a
     * session's position belongs to another PostgreSQL cluster than the one that loaders read, if that is known.
     */
    async get(key: Key, loader: Loader, level: Level = EVENTUAL): Promise<Result> {
        requireLevel(level);
        // Callers may change what is theirs while this waits.
        key = { ...key, id: Array.isArray(key.id) ? [...key.id] : key.id };
        const name = this.names.entry(key);
        const arrival = this.flights.ticket();
        for (let askedTwice = false; ;) {
            const asked = this.flights.ticket();
            const begun = await this.begin(key, level);
            if (begun.entry !== null) {
                return this.answer(this.hit(begun.entry), level);
            }
            // From here on nothing is awaited before the flight begins.
            const standing = this.flights.of(name);
            if (standing !== undefined) {
                if (loading.getStore()?.has(standing)) {
                    throw new Error("a loader asks the cache for the very key that it loads");
                }
                const shared = await standing.wait(arrival, level.name === "eventual");
                if (shared !== null) {
                    return this.answer(shared, level);
                }
            } else if (begun.token !== null && !askedTwice && this.flights.landedSince(asked, name)) {
                // Another reader's load ended between the answer of Redis and now.
                askedTwice = true;
            } else {
                return this.answer(await this.lead(this.flights.begin(name), name, key, begun, loader), level);
            }
        }
    }

    /** Whether Redis answered when it was asked last. Does no I/O: suitable for a health check. */
    get redisAvailable(): boolean {
        return this.store.available;
    }

    /** Why values are not cached although Redis answers, as far as reads of this process found out. Does no I/O. */
    get uncached(): string | null {
        return this.refusals.problem;
    }

    private async begin(key: Key, level: Level): Promise<Begun> {
        if (level.name === "strong") {
            return WITHOUT_REDIS;
        }
        try {
            const begun = await this.store.begin(key, level, databaseText(this.database));
            this.refusals.note(begun.hindrance);
            return begun;
        } catch (failure) {
            return withoutRedis(failure, WITHOUT_REDIS);
        }
    }

    private hit(text: string): Result {
        const entry = parseEntry(text);
        return new Result(entry.json, "hit", WalPosition.find(entry.at)?.of(this.database?.system ?? null) ?? null);
    }

    private async lead(flight: Flight<Result>, name: string, key: Key, begun: Begun, loader: Loader): Promise<Result> {
        let filled: Status = "bypass";
        try {
            const around = new Set(loading.getStore()).add(flight);
            const loaded = await loading.run(around, async () => loader());
            if (!(loaded instanceof Loaded)) {
                throw new TypeError(
                    `the loader answered a ${typeof loaded}, expected Loaded.of(value, tags) or Loaded.absent(tags)`,
                );
            }
            flight.sealBeforeFill();
            filled = await this.fill(key, begun, loaded);
            const told = filled === "uncovered" || filled === "no-invalidator";
            const status = begun.hindrance === "behind" && !told ? "behind" : filled;
            const system = (loaded.database ?? this.database)?.system ?? null;
            const result = new Result(loaded.json, status, loaded.position?.of(system) ?? null);
            this.flights.end(name, flight, { result, stored: filled === "miss" });
            return result;
        } catch (error) {
            this.flights.end(name, flight, { failure: { error }, stored: false });
            throw error;
        }
    }

    private async fill(key: Key, begun: Begun, loaded: Loaded): Promise<Status> {
        this.database = loaded.database ?? this.database;
        if (begun.token === null) {
            return begun.hindrance === null ? "bypass" : statusOf(begun.hindrance);
        }
        if (loaded.json !== null && Buffer.byteLength(loaded.json, "utf8") > this.maxValueBytes) {
            return "refused";
        }
        // So that values stored at the same moment do not expire at the same moment.
        const jitter = 1 + this.ttlJitter * (2 * Math.random() - 1);
        const ttl = Math.max(1, Math.round((loaded.json === null ? this.absentTtl : this.ttl) * jitter));
        try {
            const answer = await this.store.fill(key, begun.token, ttl, loaded, databaseText(this.database));
            const status = statusOf(answer);
            this.refusals.note(status === "uncovered" || status === "no-invalidator" ? answer : null);
            return status;
        } catch (failure) {
            return withoutRedis(failure, "bypass");
        }
    }

    private answer(result: Result, level: Level): Result {
        // After the load: where the database was moved, only the loader can tell which cluster it reads now.
        if (level.name === "session") {
            const system = result.position?.system ?? this.database?.system ?? null;
            if (system !== null && level.position.isForeignTo(system)) {
                throw new ForeignPositionError(level.position, system);
            }
        }
        return result;
    }
}

function withoutRedis<T>(failure: unknown, instead: T): T {
    if (failure instanceof RedisUnavailable) {
        return instead;
    }
    throw failure;
}

/** The status of a read whose value was offered to Redis. */
function statusOf(answer: string): Status {
    const why = answer.split(" ", 1)[0];
    if (why === "stored") {
        return "miss";
    }
    if (why === "uncovered") {
        return "uncovered";
    }
    return why === "no-invalidator" || why === "foreign" ? "no-invalidator" : "refused";
}

function positive(what: string, value: number): number {
    if (!(value >= 1)) {
        throw new RangeError(`${what} ${value} is not at least 1`);
    }
    return value;
}
