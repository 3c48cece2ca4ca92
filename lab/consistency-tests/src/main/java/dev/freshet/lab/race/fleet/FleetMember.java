// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.lab.race.redis.RedisConnection;
import dev.freshet.lab.race.source.Answer;
import dev.freshet.lab.race.source.BeforeFill;
import dev.freshet.lab.race.source.FillDelays;
import dev.freshet.lab.race.source.LibrarySource;
import dev.freshet.lab.race.source.RaceCaches;
import dev.freshet.lab.race.source.ReadFailedException;
import dev.freshet.lab.race.source.ViewLoader;
import dev.freshet.lab.race.world.World;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Tag;
import io.lettuce.core.RedisException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a process of the fleet is asked for. Each reader has a thread of its own, so that one that waits holds up nobody.
 * One thread asks.
 */
final class FleetMember {
    private static final Logger LOG = LoggerFactory.getLogger(FleetMember.class);
    private static final int PAUSE_MILLIS = 20;

    /** A reader, whose reads come one after the other. */
    private record MemberReader(LibrarySource source, ExecutorService thread) {}

    private final String name;
    private final World world;
    private final long seed;
    private final RaceCaches caches;
    private final DataSource database;
    private final RedisConnection redis;
    private final Consumer<String> tell;
    private final CacheKeys keys;
    private final FreshetCache cache;
    private final Map<Integer, MemberReader> readers = new HashMap<>();
    private LeaseHold hold;
    private FreshetCache patient;
    private StampedeReaders stampede;

    /** @param tell tells the harness a line */
    FleetMember(
            String name,
            World world,
            long seed,
            RaceCaches caches,
            DataSource database,
            RedisConnection redis,
            Consumer<String> tell) {
        this.name = name;
        this.world = world;
        this.seed = seed;
        this.caches = caches;
        this.database = database;
        this.redis = redis;
        this.tell = tell;
        this.keys = new CacheKeys(caches.namespace());
        this.cache = caches.warming(name);
    }

    /** Returns when the cache is connected and has got a first lease. */
    void connect() throws InterruptedException {
        var owner = leaseOwner();
        while (owner == null) {
            Thread.sleep(PAUSE_MILLIS);
            owner = leaseOwner();
        }
        hold = new LeaseHold(redis, keys, owner, () -> tell.accept("holding"));
    }

    /** What this process writes into its leases: that of a key which only it reads, and never stores. Null if it got none. */
    private byte[] leaseOwner() {
        var row = world.trees().get(0).tasks().get(0);
        var key = CacheView.of(row.level().label(), "of-" + name, Codec.BYTES)
                .key(row.id())
                .ownedBy(row.user());
        var entry = keys.entry(
                key.isolate(), key.view().entity(), key.id(), key.view().name());
        var owner = new AtomicReference<byte[]>();
        cache.get(key, () -> {
            try {
                owner.set(redis.redis().get(keys.lease(key.isolate(), entry)));
            } catch (RedisException e) {
                LOG.info("Redis did not answer, it is asked again: {}", e.toString());
            }
            return Loaded.<byte[]>absent(List.of(Tag.row(row.level().label(), List.of(row.id()))))
                    .unstored();
        });
        return owner.get();
    }

    /** Takes a request. */
    void take(String line) {
        var words = line.split(" ");
        switch (words[0]) {
            case ReadRequest.WORD -> read(ReadRequest.parse(words, world));
            case "hold" -> hold.arm();
            case "release" -> hold.release();
            case "stampede" -> stampede(Integer.parseInt(words[1]));
            case "go" -> stampede.go();
            default -> throw new IllegalArgumentException("'" + line + "' is not a request");
        }
    }

    private void read(ReadRequest request) {
        var reader = readers.computeIfAbsent(request.reader(), this::reader);
        reader.thread().execute(() -> tell.accept(read(request, reader.source()).line()));
    }

    private MemberReader reader(int number) {
        var delays = new FillDelays(new Random(seed * 31 + number));
        BeforeFill beforeFill = loaded -> {
            if (!hold.await(loaded)) {
                delays.pause();
            }
        };
        return new MemberReader(
                new LibrarySource(cache, this::loader, beforeFill),
                Executors.newSingleThreadExecutor(work -> new Thread(work, "reader-" + number)));
    }

    private static ReadReply read(ReadRequest request, LibrarySource source) {
        long started = System.nanoTime();
        try {
            var answer = source.read(request.view(), request.level());
            return ReadReply.answered(
                    request.reader(),
                    new Answer(answer.json(), answer.status(), answer.position(), started, System.nanoTime()));
        } catch (ReadFailedException e) {
            return ReadReply.failed(request.reader(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ReadReply.failed(request.reader(), e);
        } catch (RuntimeException e) {
            return ReadReply.broken(request.reader(), e);
        }
    }

    private ViewLoader loader() {
        return new ViewLoader(database);
    }

    private void stampede(int count) {
        if (patient == null) {
            patient = caches.patient(name + "-patient");
        }
        stampede = new StampedeReaders(patient, this::loader, world, count, tell);
        stampede.start();
    }
}
