// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.idle;

import dev.freshet.lab.bench.process.ProcessUsage;
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
import java.util.concurrent.TimeUnit;

/** Measures a process on a database that nobody changes. Not thread-safe. */
public final class IdleBench {
    static final Metric CPU = new Metric("cpuPercent", "CPU %", 2, true);
    static final Metric RESIDENT = new Metric("residentMiB", "resident MiB", 0, true);

    private static final List<Subject> SUBJECTS = List.of(Subject.FRESHET, Subject.DEBEZIUM, Subject.FLOOR);

    private final IdleSettings settings;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Progress progress;

    public IdleBench(IdleSettings settings, BenchServers servers, SubjectLauncher launcher, Progress progress) {
        this.settings = settings;
        this.servers = servers;
        this.launcher = launcher;
        this.progress = progress;
    }

    /** Runs all rounds. */
    public Results run() throws SQLException, InterruptedException {
        var recording = new Recording("idle", Subject.DEBEZIUM.label(), List.of(CPU, RESIDENT), progress);
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Subject subject : Rounds.order(SUBJECTS, round)) {
                progress.tell("round " + round + " of " + settings.rounds() + ": " + subject.label());
                recording.add(measure(subject, round));
            }
        }
        return recording.results();
    }

    private Sample measure(Subject subject, int round) throws SQLException, InterruptedException {
        servers.keys().clear();
        try (ItemTable table = servers.createTable(1)) {
            try (SubjectProcess process = launcher.startReady(subject, table)) {
                TimeUnit.NANOSECONDS.sleep(settings.settling().toNanos());
                long begin = System.nanoTime();
                ProcessUsage before = process.usage();
                TimeUnit.NANOSECONDS.sleep(settings.duration().toNanos());
                double seconds = (System.nanoTime() - begin) / 1e9;
                ProcessUsage after = process.usage();
                return new Sample(
                        "idle",
                        round,
                        subject.label(),
                        Map.of(
                                CPU.name(),
                                100 * (after.cpuSeconds() - before.cpuSeconds()) / seconds,
                                RESIDENT.name(),
                                after.residentMiB()));
            }
        }
    }
}
