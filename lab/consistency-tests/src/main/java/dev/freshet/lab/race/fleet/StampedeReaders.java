// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.source.LibrarySource;
import dev.freshet.lab.race.source.ViewLoader;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.World;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readers of one process that take part in a round of a {@link Stampede}. */
final class StampedeReaders {
    private static final Logger LOG = LoggerFactory.getLogger(StampedeReaders.class);
    private static final int PAUSE_MILLIS = 20;

    private final FreshetCache cache;
    private final Supplier<ViewLoader> loaders;
    private final View view;
    private final EntryKey<byte[]> key;
    private final int readers;
    private final Consumer<String> tell;
    private final CountDownLatch ready;
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch done;
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * Readers that have not started.
     *
     * @param tell tells the harness
     */
    StampedeReaders(FreshetCache cache, Supplier<ViewLoader> loaders, World world, int readers, Consumer<String> tell) {
        this.cache = cache;
        this.loaders = loaders;
        this.view = new View(View.Kind.OWN, row(world));
        this.key = key(world);
        this.readers = readers;
        this.tell = tell;
        this.ready = new CountDownLatch(readers);
        this.done = new CountDownLatch(readers);
    }

    /** The key that is read. No other reader of a run reads it. */
    static EntryKey<byte[]> key(World world) {
        var row = row(world);
        return CacheView.of(row.level().label(), "stampede", Codec.BYTES)
                .key(row.id())
                .ownedBy(row.user());
    }

    private static Row row(World world) {
        return world.trees().get(0).tasks().get(0);
    }

    /** Gets the readers ready, and tells when they are. */
    void start() {
        for (int i = 0; i < readers; i++) {
            thread(this::read);
        }
        thread(this::lead);
    }

    /** Lets them read. */
    void go() {
        go.countDown();
    }

    private static void thread(Runnable work) {
        var thread = new Thread(work, "stampede");
        thread.setDaemon(true);
        thread.start();
    }

    private void lead() {
        try {
            connect();
            ready.await();
            tell.accept("poised");
            done.await();
            tell.accept("stampeded " + loads + " " + failures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.error("nothing can be loaded", e);
        }
    }

    /** A cache that is not connected yet, or has no position to go by, would load for each reader. */
    private void connect() throws SQLException, InterruptedException {
        while (true) {
            var status = cache.get(key, this::load).status();
            if (status == CacheStatus.HIT || status == CacheStatus.MISS) {
                return;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void read() {
        try {
            ready.countDown();
            go.await();
            cache.get(key, () -> {
                loads.incrementAndGet();
                return load();
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            LOG.error("a reader of the stampede got nothing", e);
            failures.incrementAndGet();
        } finally {
            done.countDown();
        }
    }

    private Loaded<byte[]> load() throws SQLException {
        try (var loader = loaders.get()) {
            return LibrarySource.loaded(loader.load(view));
        }
    }
}
