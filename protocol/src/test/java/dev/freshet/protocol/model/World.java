// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * The whole state.
 *
 * @param redis the master
 * @param saved what a replica or a snapshot has of it; null if nothing
 * @param old the former master, if readers still reach it
 * @param waiter null if there is none
 * @param promised the largest position ever published
 * @param left the mishaps that may still happen
 */
record World(
        Database db,
        Redis redis,
        Redis saved,
        Redis old,
        Invalidator invalidator,
        Reader first,
        Reader second,
        Waiter waiter,
        int promised,
        Mishap.Left left) {

    World with(Database other) {
        return new World(other, redis, saved, old, invalidator, first, second, waiter, promised, left);
    }

    World with(Redis other) {
        return new World(db, other, saved, old, invalidator, first, second, waiter, promised, left);
    }

    World withMasters(Redis master, Redis replica, Redis former) {
        return new World(db, master, replica, former, invalidator, first, second, waiter, promised, left);
    }

    World with(Invalidator other) {
        return new World(db, redis, saved, old, other, first, second, waiter, promised, left);
    }

    World with(Waiter other) {
        return new World(db, redis, saved, old, invalidator, first, second, other, promised, left);
    }

    World withPromise(int position) {
        int most = Math.max(promised, position);
        return new World(db, redis, saved, old, invalidator, first, second, waiter, most, left);
    }

    World spend(Mishap mishap) {
        return new World(db, redis, saved, old, invalidator, first, second, waiter, promised, left.spend(mishap));
    }

    Reader reader(boolean isFirst) {
        return isFirst ? first : second;
    }

    World withReader(boolean isFirst, Reader other) {
        var one = isFirst ? other : first;
        var two = isFirst ? second : other;
        return new World(db, redis, saved, old, invalidator, one, two, waiter, promised, left);
    }

    Redis server(boolean former) {
        return former ? old : redis;
    }

    World withServer(boolean former, Redis other) {
        return former ? withMasters(redis, saved, other) : with(other);
    }

    World withReadersSwapped() {
        return new World(db, redis, saved, old, invalidator, second, first, waiter, promised, left);
    }

    /** A number that no fence set has. */
    int newSet() {
        int highest = -1;
        highest = Math.max(highest, setOf(redis));
        highest = Math.max(highest, setOf(saved));
        highest = Math.max(highest, setOf(old));
        highest = Math.max(highest, setOf(first));
        return Math.max(highest, setOf(second)) + 1;
    }

    private static int setOf(Redis server) {
        return server == null || server.fences() == null ? -1 : server.fences().set();
    }

    private static int setOf(Reader reader) {
        return reader.token() == null ? -1 : reader.token().set();
    }

    /**
     * The same state with its moments renumbered.
     *
     * @param exactClocks whether clocks may differ or step back, so that it matters what they show
     */
    World renumbered(boolean exactClocks) {
        var tokens = times();
        var trimmed = exactClocks ? this : withMasters(redis.withoutIdleFences(tokens), saved, old);
        var times = trimmed.times();
        trimmed.note(times, exactClocks);
        return trimmed.renumbered(times);
    }

    /** The tokens. */
    private Times times() {
        var times = new Times();
        note(times, first);
        note(times, second);
        return times;
    }

    void note(Times times, boolean exactClocks) {
        note(times, redis, exactClocks);
        note(times, saved, exactClocks);
        note(times, old, exactClocks);
    }

    /** The moment that the master's clock comes to next, if it is behind. */
    int momentAhead() {
        var times = times();
        note(times, true);
        return times.firstAfter(redis.clock().wall());
    }

    private World renumbered(Times times) {
        return new World(
                db,
                redis.renumbered(times),
                saved == null ? null : saved.renumbered(times),
                old == null ? null : old.renumbered(times),
                invalidator,
                renumbered(times, first),
                renumbered(times, second),
                waiter,
                promised,
                left);
    }

    private static void note(Times times, Redis server, boolean exactClocks) {
        if (server != null) {
            server.note(times);
            if (exactClocks) {
                server.noteClocks(times);
            }
        }
    }

    private static void note(Times times, Reader reader) {
        if (reader.token() != null) {
            times.noteToken(reader.token());
        }
    }

    private static Reader renumbered(Times times, Reader reader) {
        var token = reader.token();
        return token == null ? reader : reader.withToken(times.renumbered(token));
    }

    String key() {
        var key = new Key();
        db.pack(key);
        redis.pack(key);
        pack(key, saved);
        pack(key, old);
        invalidator.pack(key);
        first.pack(key);
        second.pack(key);
        if (waiter != null) {
            waiter.pack(key);
        }
        left.pack(key.add(promised));
        return key.toString();
    }

    private static void pack(Key key, Redis server) {
        if (server == null) {
            key.add(Redis.NONE);
        } else {
            server.pack(key);
        }
    }
}
