// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.InterruptedReadException;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.WalPosition;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.WalPositions;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Reads through cache-client, in this process. A cache with warming also calls the loader from its own threads. */
public final class LibrarySource implements ViewSource {
    private final FreshetCache cache;
    private final Supplier<ViewLoader> more;
    private final Queue<ViewLoader> idle = new ConcurrentLinkedQueue<>();
    private final FillDelays delays;
    private volatile boolean closed;

    public LibrarySource(FreshetCache cache, Supplier<ViewLoader> more, FillDelays delays) {
        this.cache = cache;
        this.more = more;
        this.delays = delays;
    }

    @Override
    public Answer read(View view, RequestedConsistency requested) throws ReadFailedException, InterruptedException {
        try {
            return answer(cache.at(consistency(requested)).get(key(view), () -> load(view)));
        } catch (SQLException e) {
            throw new ReadFailedException(e);
        } catch (InterruptedReadException e) {
            Thread.interrupted();
            throw new InterruptedException(e.getMessage());
        }
    }

    /** The key that the reader-service uses for the view. */
    public static EntryKey<byte[]> key(View view) {
        var row = view.row();
        return CacheView.of(row.level().label(), view.name(), Codec.BYTES)
                .key(row.id())
                .ownedBy(row.user());
    }

    private Loaded<byte[]> load(View view) throws SQLException {
        var found = find(view);
        try {
            delays.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return loaded(found);
    }

    private LoadedView find(View view) throws SQLException {
        var pooled = idle.poll();
        var loader = pooled == null ? more.get() : pooled;
        try {
            return loader.load(view);
        } finally {
            idle.add(loader);
            if (closed) {
                closeIdle();
            }
        }
    }

    public static Loaded<byte[]> loaded(LoadedView found) {
        Loaded<byte[]> loaded = found.json() == null ? Loaded.absent(found.tags()) : Loaded.of(found.json(), found.tags());
        return loaded.at(found.position(), found.snapshot());
    }

    private static Answer answer(CacheResult<byte[]> result) {
        return new Answer(
                result.value().orElse(null),
                result.status().name().toLowerCase(Locale.ROOT),
                result.position()
                        .map(position -> WalPositions.parse(position.toString()))
                        .orElse(0L));
    }

    private static Consistency consistency(RequestedConsistency requested) {
        return switch (requested.level()) {
            case EVENTUAL -> Consistency.eventual();
            case BOUNDED -> Consistency.bounded(requested.maxAge());
            case SESSION -> Consistency.session(WalPosition.of(WalPositions.format(requested.position())));
            case STRONG -> Consistency.strong();
        };
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (var loader = idle.poll(); loader != null; loader = idle.poll()) {
            loader.close();
        }
    }
}
