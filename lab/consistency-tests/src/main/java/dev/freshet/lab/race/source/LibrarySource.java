// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import dev.freshet.cache.CacheReads;
import dev.freshet.cache.CacheResult;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.InterruptedReadException;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.WalPosition;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.context.Level;
import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.WalPositions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads through cache-client, in this process, in each of its ways: one key or several, blocking or not. A cache with
 * warming, and reads that do not block, also call the loader from threads of the cache.
 */
public final class LibrarySource implements ViewSource {
    private final FreshetCache cache;
    private final Supplier<ViewLoader> more;
    private final Queue<ViewLoader> idle = new ConcurrentLinkedQueue<>();
    private final BeforeFill beforeFill;
    private int way;
    private volatile boolean closed;

    public LibrarySource(FreshetCache cache, Supplier<ViewLoader> more, BeforeFill beforeFill) {
        this.cache = cache;
        this.more = more;
        this.beforeFill = beforeFill;
    }

    @Override
    public Answer read(View view, RequestedConsistency requested) throws ReadFailedException, InterruptedException {
        try {
            return answer(read(view, cache.at(consistency(requested))));
        } catch (SQLException e) {
            throw new ReadFailedException(e);
        } catch (InterruptedReadException e) {
            Thread.interrupted();
            throw new InterruptedException(e.getMessage());
        }
    }

    /** In another way each time. Of several keys, the other views of the same row are not looked at. */
    private CacheResult<byte[]> read(View view, CacheReads reads) throws SQLException, InterruptedException {
        return switch (way++ % 4) {
            case 0 -> await(reads.getAsync(key(view), () -> load(view)));
            case 1 ->
                reads.getAll(keys(view), missing -> loadAll(view, missing)).get(key(view));
            case 2 ->
                await(reads.getAllAsync(keys(view), missing -> loadAll(view, missing)))
                        .get(key(view));
            default -> reads.get(key(view), () -> load(view));
        };
    }

    private static <R> R await(CompletableFuture<R> read) throws SQLException, InterruptedException {
        try {
            return read.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static List<EntryKey<byte[]>> keys(View view) {
        return around(view).map(LibrarySource::key).toList();
    }

    /** This view and the others of the same row. */
    private static Stream<View> around(View view) {
        var row = view.row();
        return Arrays.stream(View.Kind.values())
                .filter(kind -> kind != View.Kind.LIST || isListed(row))
                .map(kind -> new View(kind, row));
    }

    /** As in the rest of a run: lists of projects are not read. */
    private static boolean isListed(Row row) {
        return row.level() == Level.PROJECT || row.level() == Level.BRANCH;
    }

    private Map<EntryKey<byte[]>, Loaded<byte[]>> loadAll(View of, List<EntryKey<byte[]>> missing) throws SQLException {
        var loaded = new HashMap<EntryKey<byte[]>, Loaded<byte[]>>();
        var views = around(of).filter(view -> missing.contains(key(view))).toList();
        for (var view : views) {
            loaded.put(key(view), loaded(find(view)));
        }
        pause(views);
        return loaded;
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
        pause(List.of(view));
        return loaded(found);
    }

    private void pause(List<View> loaded) {
        try {
            beforeFill.await(loaded);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        Loaded<byte[]> loaded =
                found.json() == null ? Loaded.absent(found.tags()) : Loaded.of(found.json(), found.tags());
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
