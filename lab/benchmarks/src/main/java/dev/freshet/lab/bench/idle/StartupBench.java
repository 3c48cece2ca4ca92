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

/** Commits a change while a subject is down, starts it, and waits until the key is gone. Not thread-safe. */
public final class StartupBench {
    static final Metric SECONDS = new Metric("seconds", "s to the eviction", 2, true);
    static final Metric CPU = new Metric("cpuSeconds", "CPU s", 2, true);

    private static final List<Subject> SUBJECTS =
            List.of(Subject.FRESHET, Subject.FLOOR, Subject.DEBEZIUM_UNLINK, Subject.DEBEZIUM_DEFAULTS);

    private final int rounds;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Progress progress;

    /** @param rounds 1 or more; one more comes before, which is not counted */
    public StartupBench(int rounds, BenchServers servers, SubjectLauncher launcher, Progress progress) {
        this.rounds = rounds;
        this.servers = servers;
        this.launcher = launcher;
        this.progress = progress;
    }

    /** Runs all rounds. */
    public Results run() throws SQLException, InterruptedException {
        var recording = new Recording("startup", Subject.FLOOR.label(), List.of(SECONDS, CPU), progress);
        for (int round = 0; round <= rounds; round++) {
            for (Subject subject : Rounds.order(SUBJECTS, Math.max(1, round))) {
                progress.tell("round " + round + " of " + rounds + ": " + subject.label());
                Sample sample = measure(subject, round);
                if (round > 0) {
                    recording.add(sample);
                }
            }
        }
        return recording.results();
    }

    private Sample measure(Subject subject, int round) throws SQLException, InterruptedException {
        servers.keys().clear();
        try (ItemTable table = servers.createTable(1)) {
            launcher.prepare(subject, table);
            servers.keys().set(1);
            table.change(1);
            long begin = System.nanoTime();
            try (SubjectProcess process = launcher.start(subject, table, 1)) {
                Gone.await(process, servers.keys(), 1);
                double seconds = (System.nanoTime() - begin) / 1e9;
                double cpu = process.usage().cpuSeconds();
                process.requireNoPurge();
                return new Sample("start", round, subject.label(), Map.of(SECONDS.name(), seconds, CPU.name(), cpu));
            }
        }
    }
}
