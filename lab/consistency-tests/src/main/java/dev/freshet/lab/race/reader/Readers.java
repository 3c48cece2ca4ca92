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
import dev.freshet.lab.race.count.Via;
import dev.freshet.lab.race.fleet.FleetSource;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.redis.RedisConnection;
import dev.freshet.lab.race.source.BeforeFill;
import dev.freshet.lab.race.source.FillDelays;
import dev.freshet.lab.race.source.HttpSource;
import dev.freshet.lab.race.source.LibrarySource;
import dev.freshet.lab.race.source.RaceCaches;
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
    public Readers(ReadersSettings settings) throws SQLException {
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

    private void openCaches() {
        var make = new RaceCaches(settings.redis(), settings.namespace());
        for (int i = 0; i < settings.processes(); i++) {
            var name = "bench-" + i;
            if (i == settings.processes() - 1) {
                caches.add(make.plain(name));
            } else {
                caches.add(i < NEAR_CACHES ? make.warming(name) : make.leasing(name));
            }
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
        var delays = new FillDelays(random);
        ViewSource source = switch (protocol) {
            case FRESHET -> freshet(number, delays);
            case PLAIN, CACHE_ASIDE -> new BaselineSource(expiring, prefix(protocol), loader(), delays);
            case LEASE_ONLY -> new BaselineSource(leased, prefix(protocol), loader(), delays);
            case TTL_ONLY -> new BaselineSource(ttlOnly, prefix(protocol), loader(), delays);
        };
        boolean inFleet = source instanceof FleetSource;
        return new Reader(context, source, protocol, inFleet ? Via.FLEET : Via.LIBRARY, random, goOn);
    }

    /** The caches of this process and the processes of the fleet take turns. */
    private ViewSource freshet(int number, FillDelays delays) {
        int turn = number % (caches.size() + settings.fleet().size());
        return turn < caches.size()
                ? new LibrarySource(caches.get(turn), this::loader, loaded -> delays.pause())
                : settings.fleet().source(turn - caches.size(), number);
    }

    private ViewLoader loader() {
        return new ViewLoader(settings.reader().dataSource());
    }

    /** A reader that uses the reader-service, as long as {@code goOn} returns true. */
    public Reader overHttp(
            long seed, HttpClient http, Supplier<URI> reader, Function<String, String> tokens, BooleanSupplier goOn) {
        return new Reader(
                context, new HttpSource(http, reader, tokens), Protocol.FRESHET, Via.HTTP, new Random(seed), goOn);
    }

    /** Compares everything that is cached with the database. Nobody may write in the meantime. */
    public FinalComparison compare() {
        var sources = new ArrayList<ViewSource>();
        caches.forEach(cache -> sources.add(new LibrarySource(cache, this::loader, BeforeFill.NOTHING)));
        sources.addAll(settings.fleet().sources());
        return new FinalComparison(settings.world(), sources, loader());
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
