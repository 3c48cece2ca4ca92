// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.drain;

import dev.freshet.lab.bench.process.Mappings;
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
import dev.freshet.lab.bench.world.ItemKeys;
import dev.freshet.lab.bench.world.ItemTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Works off a backlog that was committed while nobody streamed. In a round, all subjects have their slots before the
 * backlog, so each reads the same WAL, one after the other. Not thread-safe.
 */
public final class DrainBench {
    static final Metric SECONDS = new Metric("seconds", "s", 2, false);
    static final Metric ROWS = new Metric("rowsPerSecond", "rows/s", 0, true, true);
    static final Metric CPU = new Metric("cpuSecondsPerMillionRows", "CPU s/M rows", 1, true);
    static final Metric PEAK = new Metric("peakResidentMiB", "peak MiB", 0, true);

    private static final List<Subject> SUBJECTS = List.of(Subject.FRESHET, Subject.FLOOR, Subject.DEBEZIUM);
    private static final List<Subject> WITH_SMALL =
            List.of(Subject.FRESHET, Subject.FLOOR, Subject.DEBEZIUM, Subject.FRESHET_SMALL);

    private final DrainSettings settings;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Progress progress;
    private final Recording recording;

    public DrainBench(DrainSettings settings, BenchServers servers, SubjectLauncher launcher, Progress progress) {
        this.settings = settings;
        this.servers = servers;
        this.launcher = launcher;
        this.progress = progress;
        recording = new Recording("drain", Subject.FLOOR.label(), List.of(SECONDS, ROWS, CPU, PEAK), progress);
    }

    /** Runs all rounds. Fails if a subject leaves a key, or purges instead of evicting. */
    public Results run() throws SQLException, InterruptedException {
        if (settings.warmUpRows() > 0) {
            round("warm-up", settings.warmUpRows(), Math.min(1_000, settings.warmUpRows()), 0);
        }
        for (int round = 1; round <= settings.rounds(); round++) {
            for (long perTransaction : settings.transactions()) {
                round(name(perTransaction), settings.rows(), perTransaction, round);
            }
        }
        return recording.results();
    }

    static String name(long perTransaction) {
        return perTransaction == 1 ? "1 row a transaction" : "%,d rows a transaction".formatted(perTransaction);
    }

    /** @param round from 1; 0: one that does not count */
    private void round(String setting, long rows, long perTransaction, int round)
            throws SQLException, InterruptedException {
        String where = setting + ", round " + round + " of " + settings.rounds() + ": ";
        servers.keys().clear();
        progress.tell(where + "%,d rows".formatted(rows));
        boolean withSink = settings.kafka() && round > 0 && perTransaction == settings.sinkTransactions();
        try (ItemTable table = servers.createTable(rows);
                SinkDrain sink = withSink ? new SinkDrain(table, servers, launcher.folder()) : null) {
            var subjects = round > 0 && perTransaction == rows ? WITH_SMALL : SUBJECTS;
            for (Subject subject : subjects) {
                launcher(subject).prepare(subject, table);
            }
            progress.tell(where + "backlog");
            table.changeAll(perTransaction);
            if (sink != null) {
                progress.tell(where + "backlog in topics");
                sink.awaitBacklog(settings.patience());
            }
            for (Subject subject : Rounds.order(subjects, Math.max(1, round))) {
                Drained drained = drain(subject, table, where);
                if (round > 0) {
                    recording.add(new Sample(setting, round, subject.label(), values(drained)));
                }
            }
            if (sink != null) {
                for (int tasks : Rounds.order(SinkDrain.TASKS, round)) {
                    Drained drained = drain(sink, tasks, table, where);
                    recording.add(new Sample(setting, round, SinkDrain.label(tasks), values(drained)));
                }
            }
        }
    }

    private Drained drain(SinkDrain sink, int tasks, ItemTable table, String where) throws InterruptedException {
        sink.rewind(tasks, settings.patience());
        ItemKeys keys = servers.keys();
        long others = keys.allKeys();
        keys.fill(table.rows());
        sink.resume();
        String label = SinkDrain.label(tasks);
        return new Drain(
                        label,
                        sink::usage,
                        new EvictedRows(keys, table.rows(), others),
                        table.rows(),
                        settings.patience())
                .await(rows -> progress.tell(where + "%s %,d of %,d".formatted(label, rows, table.rows())));
    }

    private SubjectLauncher launcher(Subject subject) {
        return subject == Subject.FRESHET_SMALL
                ? launcher.withHeap(settings.smallHeap()).withMapping(Mappings.SECOND)
                : launcher;
    }

    private Drained drain(Subject subject, ItemTable table, String where) throws InterruptedException {
        ItemKeys keys = servers.keys();
        long others = keys.allKeys();
        if (subject.evicts()) {
            keys.fill(table.rows());
        }
        try (SubjectProcess process = launcher(subject).start(subject, table, table.rows())) {
            RowsSeen seen = subject.evicts()
                    ? new EvictedRows(keys, table.rows(), others)
                    : new PrintedRows(process, table.rows());
            Drained drained = new Drain(subject.label(), process::usage, seen, table.rows(), settings.patience())
                    .await(rows ->
                            progress.tell(where + "%s %,d of %,d".formatted(subject.label(), rows, table.rows())));
            process.requireNoPurge();
            return drained;
        }
    }

    private static Map<String, Double> values(Drained drained) {
        return Map.of(
                SECONDS.name(), drained.seconds(),
                ROWS.name(), drained.rowsPerSecond(),
                CPU.name(), drained.cpuSecondsPerMillionRows(),
                PEAK.name(), drained.peakResidentMiB());
    }
}
