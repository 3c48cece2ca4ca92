// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.world.View;
import dev.freshet.bench.write.Lsn;
import dev.freshet.cache.CacheResult;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.EntryKey;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.WalPosition;
import dev.freshet.protocol.Isolate;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Reads through cache-client, in this process. A cache with warming also calls the loader from its own threads. */
final class FreshetSource implements Source {
    private final FreshetCache cache;
    private final Supplier<Loads> more;
    private final Queue<Loads> idle = new ConcurrentLinkedQueue<>();
    private final Delays delays;
    private volatile boolean closed;

    FreshetSource(FreshetCache cache, Supplier<Loads> more, Delays delays) {
        this.cache = cache;
        this.more = more;
        this.delays = delays;
    }

    @Override
    public Answer read(View view, Ask ask) throws ReadFailedException, InterruptedException {
        try {
            var result = cache.<SQLException>get(key(view), consistency(ask), () -> load(view));
            return answer(result);
        } catch (SQLException e) {
            throw new ReadFailedException(e);
        }
    }

    /** The key that the reader-service uses for the view. */
    static EntryKey key(View view) {
        var row = view.row();
        return EntryKey.of(Isolate.of(row.user()), row.level().label(), row.id(), view.name());
    }

    private Loaded load(View view) throws SQLException {
        var found = find(view);
        try {
            delays.dawdle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return loaded(found);
    }

    private Found find(View view) throws SQLException {
        var pooled = idle.poll();
        var loads = pooled == null ? more.get() : pooled;
        try {
            return loads.load(view);
        } finally {
            idle.add(loads);
            if (closed) {
                closeIdle();
            }
        }
    }

    static Loaded loaded(Found found) {
        var loaded = found.json() == null ? Loaded.absent(found.tags()) : Loaded.of(found.json(), found.tags());
        return loaded.at(found.position(), found.snapshot());
    }

    private static Answer answer(CacheResult result) {
        return new Answer(
                result.bytes().orElse(null),
                result.status().name().toLowerCase(Locale.ROOT),
                result.position()
                        .map(position -> Lsn.parse(position.toString()))
                        .orElse(0L));
    }

    private static Consistency consistency(Ask ask) {
        return switch (ask.level()) {
            case EVENTUAL -> Consistency.eventual();
            case BOUNDED -> Consistency.bounded(ask.maxAge());
            case SESSION -> Consistency.session(WalPosition.of(Lsn.format(ask.position())));
            case STRONG -> Consistency.strong();
        };
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (var loads = idle.poll(); loads != null; loads = idle.poll()) {
            loads.close();
        }
    }
}
