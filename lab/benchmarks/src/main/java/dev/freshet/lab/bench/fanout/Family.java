// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.fanout;

import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.bench.process.SubjectProcess;
import dev.freshet.lab.bench.world.ItemKeys;
import dev.freshet.lab.bench.world.ItemTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A parent, its rows, and their cached values; and the ways to get rid of these. Not thread-safe. */
public final class Family {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Keys of Freshet's own may come and go meanwhile. */
    private static final long TOLERANCE = 5;

    private final SubjectProcess process;
    private final ItemTable table;
    private final ItemKeys keys;
    private final long parent;
    private final long first;
    private final long size;
    private long others;

    /**
     * @param keys the cached values
     * @param first the smallest id of the rows
     * @param size how many rows there are, with ids one after the other
     */
    public Family(SubjectProcess process, ItemTable table, ItemKeys keys, long parent, long first, long size) {
        this.process = process;
        this.table = table;
        this.keys = keys;
        this.parent = parent;
        this.first = first;
        this.size = size;
    }

    /** A way to evict all values. */
    @FunctionalInterface
    interface Way {
        /** Returns how many milliseconds it took. */
        double evict() throws SQLException, InterruptedException;
    }

    long size() {
        return size;
    }

    /** Caches all values. */
    public void fill() {
        others = keys.allKeys();
        keys.fill(first, first + size - 1);
    }

    /** Changes the parent. The time is from when the commit has returned until the last value is gone. */
    public double change() throws SQLException, InterruptedException {
        long begin = table.changeParent(parent);
        while (keys.allKeys() > others + TOLERANCE || keys.left() > 0) {
            process.requireAlive();
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new StackException("%s left %,d of %,d keys for %d s"
                        .formatted(process.subject().label(), keys.left(), size, PATIENCE.toSeconds()));
            }
            TimeUnit.MICROSECONDS.sleep(500);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    /** Asks for the rows' ids, and unlinks their values without waiting in between. */
    double selectAndUnlink() throws SQLException {
        try (Connection connection = table.connect()) {
            long begin = System.nanoTime();
            keys.unlink(ItemTable.itemsOf(parent, connection));
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    /** Looks at every key of Redis, and deletes what is named like the values. */
    double scanAndDelete() {
        long begin = System.nanoTime();
        keys.scanAndDelete();
        return (System.nanoTime() - begin) / 1e6;
    }
}
