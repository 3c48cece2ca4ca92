// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.latency;

import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.bench.process.ProcessUsage;
import dev.freshet.lab.bench.process.Subject;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.process.SubjectProcess;
import dev.freshet.lab.bench.result.Progress;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Rounds;
import dev.freshet.lab.bench.result.Sample;
import dev.freshet.lab.bench.world.BenchServers;
import dev.freshet.lab.bench.world.ItemTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Commits at several rates while one subject evicts, one subject at a time. Each is started anew in each round, and
 * warmed up. Not thread-safe.
 */
public final class LatencyBench {
    private static final List<Subject> SUBJECTS =
            List.of(Subject.FRESHET, Subject.FLOOR, Subject.DEBEZIUM_UNLINK, Subject.LISTEN);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LatencySettings settings;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Progress progress;
    private final List<Sample> samples = new ArrayList<>();

    public LatencyBench(LatencySettings settings, BenchServers servers, SubjectLauncher launcher, Progress progress) {
        this.settings = settings;
        this.servers = servers;
        this.launcher = launcher;
        this.progress = progress;
    }

    /** Runs all rounds. Fails if a key is never evicted. */
    public Results run() throws SQLException, InterruptedException {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Subject subject : Rounds.order(SUBJECTS, round)) {
                String where = "round " + round + " of " + settings.rounds() + ": " + subject.label() + " ";
                progress.tell(where + "starts");
                measure(subject, round, where);
            }
        }
        return new Results("latency", Subject.FLOOR.label(), LatencyMetrics.ALL, samples);
    }

    @SuppressWarnings("try") // notifications come as long as this is open
    private void measure(Subject subject, int round, String where) throws SQLException, InterruptedException {
        servers.keys().clear();
        var flights = new Flights(LatencySettings.KEYS);
        try (ItemTable table = servers.createTable(LatencySettings.KEYS)) {
            launcher.prepare(subject, table);
            try (SubjectProcess process = launcher.start(subject, table, 0);
                    var deleted = servers.deletedKeys(flights::gone);
                    var load = new Load(table, servers.keys(), flights)) {
                process.awaitReady();
                awaitEviction(process, table);
                progress.tell(where + "warms up");
                load.run(settings.warmUpRate(), settings.warmUp());
                awaitLanding(flights, process);
                flights.takeLatencies();
                for (int rate : settings.rates()) {
                    progress.tell(where + "at %,d commits/s".formatted(rate));
                    samples.add(measure(rate, round, process, load, flights));
                }
                process.requireNoPurge();
            }
        }
    }

    /** Changes a row until its key goes: nobody says when the listener listens. */
    private void awaitEviction(SubjectProcess process, ItemTable table) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            process.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new StackException("%s evicted nothing within %d s"
                        .formatted(process.subject().label(), PATIENCE.toSeconds()));
            }
            servers.keys().set(1);
            table.change(1);
            TimeUnit.MILLISECONDS.sleep(200);
        } while (servers.keys().exists(1));
    }

    private Sample measure(int rate, int round, SubjectProcess process, Load load, Flights flights)
            throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        ProcessUsage before = process.usage();
        long committed = load.run(rate, settings.duration());
        long end = System.nanoTime();
        ProcessUsage after = process.usage();
        double lag = awaitLanding(flights, process);
        var values = LatencyMetrics.of(flights.takeLatencies());
        double seconds = (end - begin) / 1e9;
        values.put(LatencyMetrics.COMMITS.name(), committed / seconds);
        values.put(LatencyMetrics.LAG.name(), lag);
        values.put(LatencyMetrics.CPU.name(), 100 * (after.cpuSeconds() - before.cpuSeconds()) / seconds);
        return new Sample(
                "%,d commits/s".formatted(rate), round, process.subject().label(), values);
    }

    /** Returns how many milliseconds it took until every key was gone. */
    private static double awaitLanding(Flights flights, SubjectProcess process) throws InterruptedException {
        long begin = System.nanoTime();
        while (flights.inTheAir() > 0) {
            process.requireAlive();
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new StackException("%s left %,d keys, %d s after the last commit"
                        .formatted(process.subject().label(), flights.inTheAir(), PATIENCE.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return (System.nanoTime() - begin) / 1e6;
    }
}
