// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.write.Aftermath;
import dev.freshet.cache.FreshetCache;
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
    /**
     * The number of Freshet caches in this process. Each behaves like a process of its own: they do not share loads.
     * The first one also keeps entries in memory and warms hot entries.
     */
    private static final int CACHES = 3;

    private static final int NEAR_BYTES = 1 << 20;
    private static final int WARM_LOADS_PER_SECOND = 50;
    private static final int WARM_LOADS_AT_A_TIME = 2;
    /** Longer than any run, so an entry that disappears earlier was evicted. */
    private static final Duration TTL = Duration.ofHours(12);

    private static final Duration BASELINE_TTL = Duration.ofMinutes(5);
    private static final Duration TTL_ONLY = Duration.ofSeconds(3);

    private final ReadersSetup setup;
    private final ReaderTools tools;
    private final List<FreshetCache> caches = new ArrayList<>();
    private final PlainRedis plain;
    private final PlainCache expiring;
    private final PlainCache leased;
    private final PlainCache ttlOnly;
    private final List<Aftermath> aftermath = new ArrayList<>();
    private StreamDeletes stream;

    /**
     * Connects to Redis and, if needed, to the change stream.
     *
     * @throws SQLException if the stream of the lease-only baseline cannot be opened
     */
    public Readers(ReadersSetup setup) throws SQLException, InterruptedException {
        this.setup = setup;
        this.tools = new ReaderTools(
                setup.world(),
                new LevelMix(setup.levels()),
                setup.thinkMillis(),
                setup.watch(),
                setup.calm(),
                setup.tallies(),
                new Stored());
        this.plain = PlainRedis.connect(setup.redis());
        this.expiring = new ExpiringCache(plain, BASELINE_TTL);
        this.leased = new LeasedCache(plain, BASELINE_TTL);
        this.ttlOnly = new ExpiringCache(plain, TTL_ONLY);
        for (var protocol : setup.protocols()) {
            switch (protocol) {
                case FRESHET -> openCaches();
                case CACHE_ASIDE -> aftermath.add(new WriterDeletes(expiring, prefix(protocol), protocol));
                case LEASE_ONLY -> {
                    stream = new StreamDeletes(leased, prefix(protocol), setup.superuser());
                    aftermath.add(stream);
                }
                case PLAIN, TTL_ONLY -> {
                    // PLAIN: the invalidator deletes. TTL_ONLY: nobody deletes.
                }
            }
        }
    }

    private void openCaches() throws InterruptedException {
        for (int i = 0; i < CACHES; i++) {
            var builder = FreshetCache.builder()
                    .redis(setup.redis())
                    .namespace(setup.namespace())
                    .ttl(TTL)
                    .absentTtl(TTL)
                    .clientName("bench-" + i);
            if (i == 0) {
                builder.nearCache(NEAR_BYTES)
                        .nearMaxAge(Staleness.NEAR)
                        .outageMaxAge(Staleness.MEMORY)
                        .warming(WARM_LOADS_PER_SECOND, WARM_LOADS_AT_A_TIME);
            }
            caches.add(builder.build());
        }
    }

    private static String prefix(Protocol protocol) {
        return "bench:" + protocol.label() + ":";
    }

    /** The listeners that writers must notify of their commits. */
    public List<Aftermath> aftermath() {
        return List.copyOf(aftermath);
    }

    /** Whether plain SQL must write its version into the WAL as a message. */
    public boolean needsAnnouncements() {
        return stream != null;
    }

    /** A reader that continues as long as {@code goOn} returns true. */
    public Reader one(int number, Protocol protocol, long seed, BooleanSupplier goOn) {
        var random = new Random(seed);
        Supplier<Loads> loads = () -> new Loads(setup.reader());
        var delays = new Delays(random);
        Source source = switch (protocol) {
            case FRESHET -> new FreshetSource(caches.get(number % CACHES), loads, delays);
            case PLAIN, CACHE_ASIDE -> new PlainSource(expiring, prefix(protocol), loads.get(), delays);
            case LEASE_ONLY -> new PlainSource(leased, prefix(protocol), loads.get(), delays);
            case TTL_ONLY -> new PlainSource(ttlOnly, prefix(protocol), loads.get(), delays);
        };
        return new Reader(tools, source, protocol, false, random, goOn);
    }

    /** A reader that uses the reader-service, as long as {@code goOn} returns true. */
    public Reader overHttp(
            long seed, HttpClient http, Supplier<URI> reader, Function<String, String> tokens, BooleanSupplier goOn) {
        return new Reader(tools, new HttpSource(http, reader, tokens), Protocol.FRESHET, true, new Random(seed), goOn);
    }

    /** Compares everything that is cached with the database. Nobody may write in the meantime. */
    public Comparison compare() {
        return new Comparison(setup.world(), caches, new Loads(setup.reader()));
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
