// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.reader;

import dev.freshet.cache.FreshetCache;
import dev.freshet.lab.race.baseline.BaselineSource;
import dev.freshet.lab.race.baseline.ExpiringCache;
import dev.freshet.lab.race.baseline.LeasedCache;
import dev.freshet.lab.race.baseline.PlainCache;
import dev.freshet.lab.race.baseline.StreamInvalidation;
import dev.freshet.lab.race.baseline.WriterInvalidation;
import dev.freshet.lab.race.count.OverEvictionDetector;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.redis.RedisConnection;
import dev.freshet.lab.race.source.FillDelays;
import dev.freshet.lab.race.source.HttpSource;
import dev.freshet.lab.race.source.LibrarySource;
import dev.freshet.lab.race.source.StalenessBound;
import dev.freshet.lab.race.source.ViewLoader;
import dev.freshet.lab.race.source.ViewSource;
import dev.freshet.lab.race.writer.WriteListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** The caches of a run, Freshet's and the baselines, and readers that use them. */
public final class Readers implements AutoCloseable {
    /** So many caches also keep entries in memory, and load hot entries anew when they change. */
    private static final int NEAR_CACHES = 2;

    /** Shorter than some loads. */
    private static final Duration LEASE = Duration.ofMillis(500);

    private static final int FAIL_SAFE_BYTES = 1 << 20;
    private static final int NEAR_BYTES = 1 << 20;
    private static final int WARM_LOADS_PER_SECOND = 50;
    private static final int WARM_LOADS_AT_A_TIME = 2;
    /** Longer than any run, so an entry that disappears earlier was evicted. */
    private static final Duration TTL = Duration.ofHours(12);

    private static final Duration BASELINE_TTL = Duration.ofMinutes(5);
    private static final Duration TTL_ONLY = Duration.ofSeconds(3);

    private final ReadersSettings settings;
    private final ReaderContext context;
    private final List<FreshetCache> caches = new ArrayList<>();
    private final RedisConnection plain;
    private final PlainCache expiring;
    private final PlainCache leased;
    private final PlainCache ttlOnly;
    private final List<WriteListener> listeners = new ArrayList<>();
    private StreamInvalidation stream;

    /**
     * Connects to Redis and, if needed, to the change stream.
     *
     * @throws SQLException if the stream of the lease-only baseline cannot be opened
     */
    public Readers(ReadersSettings settings) throws SQLException, InterruptedException {
        this.settings = settings;
        this.context = new ReaderContext(
                settings.world(),
                new LevelMix(settings.levels()),
                settings.thinkMillis(),
                settings.watch(),
                settings.disturbance(),
                settings.counters(),
                new OverEvictionDetector());
        this.plain = RedisConnection.connect(settings.redis());
        this.expiring = new ExpiringCache(plain, BASELINE_TTL);
        this.leased = new LeasedCache(plain, BASELINE_TTL);
        this.ttlOnly = new ExpiringCache(plain, TTL_ONLY);
        for (var protocol : settings.protocols()) {
            switch (protocol) {
                case FRESHET -> openCaches();
                case CACHE_ASIDE -> listeners.add(new WriterInvalidation(expiring, prefix(protocol), protocol));
                case LEASE_ONLY -> {
                    stream = new StreamInvalidation(leased, prefix(protocol), settings.superuser());
                    listeners.add(stream);
                }
                case PLAIN, TTL_ONLY -> {
                    // PLAIN: the invalidator deletes. TTL_ONLY: nobody deletes.
                }
            }
        }
    }

    private void openCaches() throws InterruptedException {
        for (int i = 0; i < settings.processes(); i++) {
            var builder = FreshetCache.builder()
                    .redis(settings.redis())
                    .namespace(settings.namespace())
                    .ttl(TTL)
                    .absentTtl(TTL)
                    .clientName("bench-" + i);
            if (i < settings.processes() - 1) {
                builder.leases(LEASE).failSafe(StalenessBound.FAIL_SAFE, FAIL_SAFE_BYTES);
            }
            if (i < NEAR_CACHES && i < settings.processes() - 1) {
                builder.nearCache(NEAR_BYTES)
                        .nearMaxAge(StalenessBound.NEAR)
                        .outageMaxAge(StalenessBound.MEMORY)
                        .warming(WARM_LOADS_PER_SECOND, WARM_LOADS_AT_A_TIME);
            }
            caches.add(builder.build());
        }
    }

    private static String prefix(Protocol protocol) {
        return "bench:" + protocol.label() + ":";
    }

    /** The listeners that writers must notify of their commits. */
    public List<WriteListener> listeners() {
        return List.copyOf(listeners);
    }

    /** Whether plain SQL must write its version into the WAL as a message. */
    public boolean needsAnnouncements() {
        return stream != null;
    }

    /** A reader that continues as long as {@code goOn} returns true. */
    public Reader one(int number, Protocol protocol, long seed, BooleanSupplier goOn) {
        var random = new Random(seed);
        Supplier<ViewLoader> loader = () -> new ViewLoader(settings.reader());
        var delays = new FillDelays(random);
        ViewSource source = switch (protocol) {
            case FRESHET -> new LibrarySource(caches.get(number % caches.size()), loader, delays);
            case PLAIN, CACHE_ASIDE -> new BaselineSource(expiring, prefix(protocol), loader.get(), delays);
            case LEASE_ONLY -> new BaselineSource(leased, prefix(protocol), loader.get(), delays);
            case TTL_ONLY -> new BaselineSource(ttlOnly, prefix(protocol), loader.get(), delays);
        };
        return new Reader(context, source, protocol, false, random, goOn);
    }

    /** A reader that uses the reader-service, as long as {@code goOn} returns true. */
    public Reader overHttp(
            long seed, HttpClient http, Supplier<URI> reader, Function<String, String> tokens, BooleanSupplier goOn) {
        return new Reader(
                context, new HttpSource(http, reader, tokens), Protocol.FRESHET, true, new Random(seed), goOn);
    }

    /** Compares everything that is cached with the database. Nobody may write in the meantime. */
    public FinalComparison compare() {
        return new FinalComparison(settings.world(), caches, new ViewLoader(settings.reader()));
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
        caches.forEach(FreshetCache::close);
        plain.close();
    }
}
