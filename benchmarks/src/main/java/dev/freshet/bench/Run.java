// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.bench.fault.FaultRun;
import dev.freshet.bench.fault.Faults;
import dev.freshet.bench.fault.Recovery;
import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.read.Calm;
import dev.freshet.bench.read.PlainRedis;
import dev.freshet.bench.read.PositionWatch;
import dev.freshet.bench.read.Readers;
import dev.freshet.bench.read.ReadersSetup;
import dev.freshet.bench.read.Tallies;
import dev.freshet.bench.world.World;
import dev.freshet.bench.write.Writers;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.quickstart.stack.Stack;
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
final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final String NAMESPACE = "ctx";
    private static final int HTTP_READERS = 2;
    private static final long PROGRESS_MILLIS = 500;

    private final Settings settings;
    private final Stack stack;
    private final World world;
    private final Tallies tallies = new Tallies();
    private final Calm calm = new Calm();
    private final Random seeds;
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private Writers writers;
    private FaultRun faultRun;
    private volatile boolean going = true;
    private volatile boolean interrupted;
    private double drainSeconds = -1;
    private int cached;
    private long startedAt;
    private long runNanos;

    Run(Settings settings, Stack stack) {
        this.settings = settings;
        this.stack = stack;
        this.world = new World(settings.keys());
        this.seeds = new Random(settings.seed());
    }

    /**
     * Runs the benchmark. Returns when the run is over. Failures of the harness itself are part of the {@link Outcome}.
     */
    Outcome run(Screen screen) throws SQLException, InterruptedException {
        Setup.write(world, stack.database());
        var tokens = new Tokens(stack.jwtSecret());
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        writers = new Writers(
                world, stack.application(), http, () -> stack.writer().address(), tokens::of);
        try (var link = PlainRedis.connect(stack.redisUri());
                var watch = new PositionWatch(link, new CacheKeys(NAMESPACE).position(), calm);
                var readers = new Readers(new ReadersSetup(
                        world,
                        settings.protocols(),
                        settings.levels(),
                        settings.thinkMillis(),
                        stack.redisUri(),
                        NAMESPACE,
                        stack.database(),
                        stack.database(),
                        watch,
                        calm,
                        tallies))) {
            var recovery = new Recovery(stack.database(), watch);
            awaitRest(recovery);
            startReaders(readers, http, tokens);
            startWriters(readers);
            var faults = Faults.of(stack, link, calm, random());
            faultRun = new FaultRun(
                    faults, settings.faults(), this::wanted, recovery, random(), settings.restMillis(), this::goesOn);
            startedAt = System.nanoTime();
            start("faults", faultRun);
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

    private void startReaders(Readers readers, HttpClient http, Tokens tokens) {
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
                    writers.one(seeds.nextLong(), readers.aftermath(), readers.needsAnnouncements(), () -> going));
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
        while (goesOn() && broken.isEmpty() && faultRun.failure() == null) {
            Thread.sleep(PROGRESS_MILLIS);
            runNanos = System.nanoTime() - startedAt;
            screen.live(Progress.line(runNanos, settings, tallies, writers.counters(), faultRun.latest()));
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
        if (faultRun.failure() != null) {
            broken.add(faultRun.failure());
        }
        broken.addAll(writers.counters().broken());
        awaitRest(recovery);
        if (settings.protocols().contains(Protocol.FRESHET)) {
            var comparison = readers.compare().run();
            cached = comparison.cached();
            comparison.differences().forEach(difference -> tallies.different(Protocol.FRESHET, difference));
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
    Outcome interrupt() {
        interrupted = true;
        going = false;
        return outcome();
    }

    private Outcome outcome() {
        return new Outcome(
                settings,
                interrupted,
                runNanos / 1e9,
                tallies,
                writers,
                faultRun == null ? Map.of() : faultRun.struck(),
                drainSeconds,
                cached,
                List.copyOf(broken));
    }
}
