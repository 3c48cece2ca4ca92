// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.scale;

import dev.freshet.lab.bench.process.Mappings;
import dev.freshet.lab.bench.process.Subject;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.process.SubjectProcess;
import dev.freshet.lab.bench.result.Recording;
import dev.freshet.lab.bench.result.Rounds;
import dev.freshet.lab.bench.result.Sample;
import dev.freshet.lab.bench.world.BenchServers;
import dev.freshet.lab.bench.world.ItemTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Reads what changes all the time: through Freshet, and from a cache whose values only expire. Not thread-safe. */
final class ReadBench {
    private static final String SETTING = "%,d reads/s, %,d commits/s".formatted(ReadLoad.READS, ReadLoad.COMMITS);
    private static final String TTL = "ttl-";
    private static final List<String> SUBJECTS = List.of(Subject.FRESHET.label(), TTL + "1s", TTL + "10s");

    private final Duration duration;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Recording recording;

    ReadBench(Duration duration, BenchServers servers, SubjectLauncher launcher, Recording recording) {
        this.duration = duration;
        this.servers = servers;
        this.launcher = launcher.withMapping(Mappings.TAGS);
        this.recording = recording;
    }

    void run(int round) throws SQLException, InterruptedException {
        for (String subject : Rounds.order(SUBJECTS, round)) {
            servers.keys().clear();
            try (ItemTable table = servers.createTable(ReadLoad.ROWS)) {
                if (subject.startsWith(TTL)) {
                    long seconds = Long.parseLong(subject.replaceAll("\\D", ""));
                    measure(round, subject, table, new ExpiringReads(servers.redisUri(), seconds * 1_000));
                } else {
                    measure(round, table);
                }
            }
        }
    }

    private void measure(int round, ItemTable table) throws SQLException, InterruptedException {
        try (SubjectProcess process = launcher.startReady(Subject.FRESHET, table)) {
            measure(round, Subject.FRESHET.label(), table, new FreshetReads(servers.redisUri()));
            process.requireNoPurge();
        }
    }

    private void measure(int round, String subject, ItemTable table, ReadPath path)
            throws SQLException, InterruptedException {
        try (path;
                var load = new ReadLoad(table, path)) {
            recording.add(new Sample(SETTING, round, subject, load.run(duration)));
        }
    }
}
