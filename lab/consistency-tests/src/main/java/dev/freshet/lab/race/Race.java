// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race;

import dev.freshet.devservices.stack.Stack;
import dev.freshet.lab.race.count.ReadCounters;
import dev.freshet.lab.race.fault.FaultInjector;
import dev.freshet.lab.race.fault.Faults;
import dev.freshet.lab.race.fault.Recovery;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.reader.Readers;
import dev.freshet.lab.race.reader.ReadersSettings;
import dev.freshet.lab.race.redis.PositionWatch;
import dev.freshet.lab.race.redis.RedisConnection;
import dev.freshet.lab.race.redis.RedisDisturbance;
import dev.freshet.lab.race.report.ProgressLine;
import dev.freshet.lab.race.report.RaceOutcome;
import dev.freshet.lab.race.report.RaceSettings;
import dev.freshet.lab.race.world.World;
import dev.freshet.lab.race.writer.Writers;
import dev.freshet.lab.terminal.Screen;
import dev.freshet.protocol.CacheKeys;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run on a started stack. It creates the rows, reads and writes, waits until all evictions are done, and compares.
 */
final class Race {
    private static final Logger LOG = LoggerFactory.getLogger(Race.class);
    private static final String NAMESPACE = "ctx";
    private static final int HTTP_READERS = 2;
    private static final long PROGRESS_MILLIS = 500;

    private final RaceSettings settings;
    private final Stack stack;
    private final World world;
    private final ReadCounters counters = new ReadCounters();
    private final RedisDisturbance disturbance = new RedisDisturbance();
    private final Random seeds;
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private Writers writers;
    private FaultInjector faultInjector;
    private volatile boolean going = true;
    private volatile boolean interrupted;
    private double drainSeconds = -1;
    private int cached;
    private long startedAt;
    private long runNanos;

    Race(RaceSettings settings, Stack stack) {
        this.settings = settings;
        this.stack = stack;
        this.world = new World(settings.keys());
        this.seeds = new Random(settings.seed());
    }

    /**
     * Runs the race. Returns when it is over. Failures of the harness itself are part of the {@link RaceOutcome}.
     */
    RaceOutcome run(Screen screen) throws SQLException, InterruptedException {
        InitialRows.write(world, stack.database());
        var tokens = new BearerTokens(stack.jwtSecret());
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        writers = new Writers(
                world, stack.application(), http, () -> stack.writer().address(), tokens::of);
        try (var link = RedisConnection.connect(stack.redisUri());
                var watch = new PositionWatch(link, new CacheKeys(NAMESPACE).position(), disturbance);
                var readers = new Readers(new ReadersSettings(
                        world,
                        settings.protocols(),
                        settings.levels(),
                        settings.processes(),
                        settings.thinkMillis(),
                        stack.redisUri(),
                        NAMESPACE,
                        stack.database(),
                        stack.database(),
                        watch,
                        disturbance,
                        counters))) {
            var recovery = new Recovery(stack.database(), watch);
            awaitRest(recovery);
            startReaders(readers, http, tokens);
            startWriters(readers);
            var faults = Faults.of(stack, link, disturbance, random());
            faultInjector = new FaultInjector(
                    faults, settings.faults(), this::wanted, recovery, random(), settings.restMillis(), this::goesOn);
            startedAt = System.nanoTime();
            start("faults", faultInjector);
            follow(screen);
            if (!interrupted) {
                finish(screen, recovery, readers);
            }
        }
        return outcome();
    }

    /** Repeats the only fault that defeats a lease until the lease-only baseline has shown a violation. */
    private List<String> wanted() {
        return outcome().blindTo().contains(Protocol.LEASE_ONLY) ? List.of(Faults.STALL) : List.of();
    }

    private Random random() {
        return new Random(seeds.nextLong());
    }

    private void startReaders(Readers readers, HttpClient http, BearerTokens tokens) {
        int share = Math.max(1, settings.readers() / 12);
        int rest = settings.readers();
        for (var protocol : settings.protocols().stream().sorted().toList()) {
            if (protocol != Protocol.FRESHET) {
                for (int i = 0; i < share; i++) {
                    start(protocol + "-" + i, readers.one(i, protocol, seeds.nextLong(), () -> going));
                }
                rest -= share;
            }
        }
        if (settings.protocols().contains(Protocol.FRESHET)) {
            for (int i = 0; i < rest; i++) {
                var reader = i < HTTP_READERS
                        ? readers.overHttp(
                                seeds.nextLong(), http, () -> stack.reader().address(), tokens::of, () -> going)
                        : readers.one(i, Protocol.FRESHET, seeds.nextLong(), () -> going);
                start("reader-" + i, reader);
            }
        }
    }

    private void startWriters(Readers readers) {
        for (int i = 0; i < settings.writers(); i++) {
            start(
                    "writer-" + i,
                    writers.one(seeds.nextLong(), readers.listeners(), readers.needsAnnouncements(), () -> going));
        }
    }

    private void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, failure) -> {
            LOG.error("{} died", name, failure);
            broken.add(name + " died: " + failure);
        });
        threads.add(thread);
        thread.start();
    }

    private void follow(Screen screen) throws InterruptedException {
        while (goesOn() && broken.isEmpty() && faultInjector.failure() == null) {
            Thread.sleep(PROGRESS_MILLIS);
            runNanos = System.nanoTime() - startedAt;
            screen.live(ProgressLine.line(runNanos, settings, counters, writers.counters(), faultInjector.latest()));
        }
    }

    /**
     * Whether the run continues. It is extended for a while if faults are missing or a baseline has shown no violation
     * yet.
     */
    private boolean goesOn() {
        long nanos = System.nanoTime() - startedAt;
        boolean isOver = nanos > settings.longest().toNanos()
                || nanos > settings.duration().toNanos() && outcome().isComplete();
        return going && !isOver;
    }

    private void finish(Screen screen, Recovery recovery, Readers readers) throws SQLException, InterruptedException {
        going = false;
        screen.live("settling …");
        for (var thread : threads) {
            thread.join(Duration.ofMinutes(3).toMillis());
            if (thread.isAlive()) {
                broken.add(thread.getName() + " did not end");
            }
        }
        if (faultInjector.failure() != null) {
            broken.add(faultInjector.failure());
        }
        broken.addAll(writers.counters().broken());
        awaitRest(recovery);
        if (settings.protocols().contains(Protocol.FRESHET)) {
            var comparison = readers.compare().run();
            cached = comparison.cached();
            comparison.differences().forEach(difference -> counters.different(Protocol.FRESHET, difference));
        }
    }

    private void awaitRest(Recovery recovery) throws SQLException, InterruptedException {
        long nanos = recovery.await();
        drainSeconds = nanos / 1e9;
        if (nanos < 0) {
            broken.add(
                    "what was committed is not evicted. " + stack.invalidator().logTail(20));
        }
    }

    /** The counts so far; for a run that is interrupted. */
    RaceOutcome interrupt() {
        interrupted = true;
        going = false;
        return outcome();
    }

    private RaceOutcome outcome() {
        return new RaceOutcome(
                settings,
                interrupted,
                runNanos / 1e9,
                counters,
                writers,
                faultInjector == null ? Map.of() : faultInjector.injected(),
                drainSeconds,
                cached,
                List.copyOf(broken));
    }
}
