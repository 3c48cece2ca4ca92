// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.idle;

import dev.freshet.lab.bench.process.Subject;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.process.SubjectProcess;
import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.result.Progress;
import dev.freshet.lab.bench.result.Recording;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Rounds;
import dev.freshet.lab.bench.result.Sample;
import dev.freshet.lab.bench.world.BenchServers;
import dev.freshet.lab.bench.world.ItemTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Kills the process that evicts, commits a change, and waits until its key is gone. Freshet has a second process that
 * stands by; the others are started again at once. Not thread-safe.
 */
public final class TakeoverBench {
    static final Metric SECONDS = new Metric("seconds", "s to the eviction", 2, true);

    private static final List<Subject> SUBJECTS = List.of(Subject.FRESHET, Subject.DEBEZIUM_DEFAULTS, Subject.FLOOR);

    private final int rounds;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Progress progress;

    /** @param rounds 1 or more */
    public TakeoverBench(int rounds, BenchServers servers, SubjectLauncher launcher, Progress progress) {
        this.rounds = rounds;
        this.servers = servers;
        this.launcher = launcher;
        this.progress = progress;
    }

    /** Runs all rounds. */
    public Results run() throws SQLException, InterruptedException {
        var recording = new Recording("takeover", Subject.DEBEZIUM_DEFAULTS.label(), List.of(SECONDS), progress);
        for (int round = 1; round <= rounds; round++) {
            for (Subject subject : Rounds.order(SUBJECTS, round)) {
                progress.tell("round " + round + " of " + rounds + ": " + subject.label());
                double seconds = measure(subject);
                recording.add(new Sample("SIGKILL", round, subject.label(), Map.of(SECONDS.name(), seconds)));
            }
        }
        return recording.results();
    }

    private double measure(Subject subject) throws SQLException, InterruptedException {
        servers.keys().clear();
        try (ItemTable table = servers.createTable(1)) {
            try (SubjectProcess first = launcher.startReady(subject, table)) {
                return subject.isFreshet() ? takeOver(first, table) : startAgain(first, table);
            }
        }
    }

    private double takeOver(SubjectProcess first, ItemTable table) throws SQLException, InterruptedException {
        try (SubjectProcess second = launcher.start(first.subject(), table, 0)) {
            second.awaitStandby();
            servers.keys().set(1);
            long begin = System.nanoTime();
            first.kill();
            double seconds = secondsToTheEviction(begin, second, table);
            second.requireNoPurge();
            return seconds;
        }
    }

    private double startAgain(SubjectProcess first, ItemTable table) throws InterruptedException {
        servers.keys().set(1);
        long begin = System.nanoTime();
        first.kill();
        try (SubjectProcess second = launcher.start(first.subject(), table, 0)) {
            return secondsToTheEviction(begin, second, table);
        }
    }

    private double secondsToTheEviction(long begin, SubjectProcess second, ItemTable table)
            throws InterruptedException {
        table.change(1);
        Gone.await(second, servers.keys(), 1);
        return (System.nanoTime() - begin) / 1e9;
    }
}
