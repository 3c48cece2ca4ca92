// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.lab.bench.contexts.ContextRows;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;

/** Reads through cache-client, at level eventual. */
final class FreshetReads implements Reads {
    private final FreshetCache cache;
    private final TaskLoads loads;
    private final ContextRows rows;
    private final View view;
    private final Keys keys;
    private final CacheView<byte[]> named;
    /** Of the turns after the first. */
    private final ConcurrentHashMap<Integer, CacheView<byte[]>> turns = new ConcurrentHashMap<>();

    FreshetReads(FreshetCache cache, TaskLoads loads, ContextRows rows, View view, Keys keys) {
        this.cache = cache;
        this.loads = loads;
        this.rows = rows;
        this.view = view;
        this.keys = keys;
        this.named = CacheView.of("task", view.name(), Codec.BYTES);
    }

    @Override
    public byte[] read(long number) throws SQLException, InterruptedException {
        return result(number).value().orElseThrow();
    }

    /** Whether the read is answered from the memory of this process. */
    boolean isNear(long number) throws SQLException, InterruptedException {
        return result(number).status() == CacheStatus.NEAR;
    }

    private CacheResult<byte[]> result(long number) throws SQLException, InterruptedException {
        int task = keys.task(number);
        var key = of(keys.turn(number)).key(task).ownedBy(rows.user(task));
        try {
            return cache.get(key, () -> load(task));
        } catch (InterruptedLoad e) {
            throw new InterruptedException(e.getMessage());
        }
    }

    private CacheView<byte[]> of(int turn) {
        return turn == 0
                ? named
                : turns.computeIfAbsent(turn, number -> CacheView.of("task", view.name() + "-" + number, Codec.BYTES));
    }

    private Loaded<byte[]> load(int task) throws SQLException {
        try {
            var found = loads.load(view, task);
            return Loaded.of(found.json()).and(view.furtherTags(rows, task)).at(found.position(), found.snapshot());
        } catch (InterruptedException e) {
            throw new InterruptedLoad(e);
        }
    }

    /** Carries it through the cache, whose loaders throw one checked exception. */
    private static final class InterruptedLoad extends RuntimeException {
        private static final long serialVersionUID = 1;

        InterruptedLoad(InterruptedException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
