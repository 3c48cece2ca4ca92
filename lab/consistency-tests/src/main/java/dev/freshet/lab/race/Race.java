// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race;

import dev.freshet.devservices.stack.Stack;
import dev.freshet.lab.race.count.ReadCounters;
import dev.freshet.lab.race.fault.FaultInjector;
import dev.freshet.lab.race.fault.Faults;
import dev.freshet.lab.race.fault.Recovery;
import dev.freshet.lab.race.fleet.Fleet;
import dev.freshet.lab.race.fleet.FleetSettings;
import dev.freshet.lab.race.fleet.Stampede;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.reader.Readers;
import dev.freshet.lab.race.reader.ReadersSettings;
import dev.freshet.lab.race.redis.PositionWatch;
import dev.freshet.lab.race.redis.RedisConnection;
import dev.freshet.lab.race.redis.RedisDisturbance;
import dev.freshet.lab.race.report.ProgressLine;
import dev.freshet.lab.race.report.RaceOutcome;
import dev.freshet.lab.race.report.RaceSettings;
import dev.freshet.lab.race.source.RaceCaches;
import dev.freshet.lab.race.world.World;
import dev.freshet.lab.race.writer.Writers;
import dev.freshet.lab.terminal.Screen;
import dev.freshet.protocol.CacheKeys;
import java.net.http.HttpClient;
import java.nio.file.Path;
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
    private static final long PROGRESS_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RaceSettings settings;
    private final Stack stack;
    private final Path folder;
    private final World world;
    private final ReadCounters counters = new ReadCounters();
    private final RedisDisturbance disturbance = new RedisDisturbance();
    private final Random seeds;
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private Writers writers;
    private FaultInjector faultInjector;
    private volatile boolean going = true;
    private volatile boolean faulting = true;
    private volatile boolean interrupted;
    private double drainSeconds = -1;
    private int cached;
    private Stampede stampede;
    private long startedAt;
    private long runNanos;

    /** @param folder for the logs of processes that read */
    Race(RaceSettings settings, Stack stack, Path folder) {
        this.settings = settings;
        this.stack = stack;
        this.folder = folder;
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
        if (settings.fleet() > 0) {
            screen.live("starting a fleet of %d processes …".formatted(settings.fleet()));
        }
        try (var link = RedisConnection.connect(stack.redisUri());
                var fleet = fleet();
                var watch = new PositionWatch(link, new CacheKeys(NAMESPACE).position(), disturbance);
                var readers = new Readers(new ReadersSettings(
                        world,
                        settings.protocols(),
                        settings.levels(),
                        settings.processes(),
                        fleet,
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
            var faults = Faults.of(stack, link, disturbance, fleet, random());
            faultInjector = new FaultInjector(
                    faults, settings.faults(), this::wanted, recovery, random(), settings.restMillis(), this::goesOn);
            startedAt = System.nanoTime();
            var injecting = start("faults", faultInjector);
            follow(screen, fleet);
            if (!interrupted) {
                finish(screen, recovery, injecting, fleet);
                compare(screen, readers, fleet, link);
            }
        }
        return outcome();
    }

    private Fleet fleet() throws InterruptedException {
        return Fleet.start(new FleetSettings(
                settings.fleet(),
                folder,
                stack.database(),
                new RaceCaches(stack.redisUri(), NAMESPACE),
                settings.keys(),
                settings.seed()));
    }

    /** Repeats the only fault that defeats a lease until the lease-only baseline has shown a violation. */
    private List<String> wanted() {
        return outcome().blindTo().contains(Protocol.LEASE_ONLY) ? List.of(Faults.STALL) : List.of();
    }

    private Random random() {
        return new Random(seeds.nextLong());
    }

    private void startReaders(Readers readers, HttpClient http, BearerTokens tokens) {
        for (var protocol : settings.protocols().stream().sorted().toList()) {
            if (protocol != Protocol.FRESHET) {
                for (int i = 0; i < settings.share(); i++) {
                    threads.add(start(protocol + "-" + i, readers.one(i, protocol, seeds.nextLong(), () -> going)));
                }
            }
        }
        if (settings.protocols().contains(Protocol.FRESHET)) {
            for (int i = 0; i < settings.freshetReaders(); i++) {
                var reader = i < RaceSettings.HTTP_READERS
                        ? readers.overHttp(
                                seeds.nextLong(), http, () -> stack.reader().address(), tokens::of, () -> going)
                        : readers.one(i, Protocol.FRESHET, seeds.nextLong(), () -> going);
                threads.add(start("reader-" + i, reader));
            }
        }
    }

    private void startWriters(Readers readers) {
        for (int i = 0; i < settings.writers(); i++) {
            var writer = writers.one(seeds.nextLong(), readers.listeners(), readers.needsAnnouncements(), () -> going);
            threads.add(start("writer-" + i, writer));
        }
    }

    private Thread start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, failure) -> {
            LOG.error("{} died", name, failure);
            broken.add(name + " died: " + failure);
        });
        thread.start();
        return thread;
    }

    private void follow(Screen screen, Fleet fleet) throws InterruptedException {
        while (goesOn() && broken.isEmpty() && fleet.broken().isEmpty() && faultInjector.failure() == null) {
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
        return faulting && !isOver;
    }

    private void finish(Screen screen, Recovery recovery, Thread faults, Fleet fleet)
            throws SQLException, InterruptedException {
        screen.live("settling …");
        // Some faults wait for a read, so readers go on until the last one is over.
        faulting = false;
        join(List.of(faults));
        going = false;
        join(threads);
        if (faultInjector.failure() != null) {
            broken.add(faultInjector.failure());
        }
        broken.addAll(fleet.broken());
        broken.addAll(writers.counters().broken());
        awaitRest(recovery);
    }

    private void join(List<Thread> ending) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var thread : ending) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            if (thread.isAlive()) {
                broken.add(thread.getName() + " did not end");
            }
        }
    }

    private void compare(Screen screen, Readers readers, Fleet fleet, RedisConnection link)
            throws SQLException, InterruptedException {
        if (!settings.protocols().contains(Protocol.FRESHET)) {
            return;
        }
        var comparison = readers.compare().run();
        cached = comparison.cached();
        comparison.differences().forEach(difference -> counters.different(Protocol.FRESHET, difference));
        broken.addAll(comparison.unanswered());
        if (settings.stampede() > 0 && broken.isEmpty()) {
            screen.live("a stampede of %,d readers …".formatted(settings.stampede()));
            stampede = Stampede.run(fleet, settings.stampede(), world, link, new CacheKeys(NAMESPACE));
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
        faulting = false;
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
                stampede,
                List.copyOf(broken));
    }
}
