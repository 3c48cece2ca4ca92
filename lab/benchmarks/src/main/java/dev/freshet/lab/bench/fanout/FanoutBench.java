// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.fanout;

import dev.freshet.lab.bench.process.Subject;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.process.SubjectProcess;
import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.result.Progress;
import dev.freshet.lab.bench.result.Recording;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Rounds;
import dev.freshet.lab.bench.result.Sample;
import dev.freshet.lab.bench.result.Spread;
import dev.freshet.lab.bench.world.BenchServers;
import dev.freshet.lab.bench.world.ItemTable;
import dev.freshet.lab.bench.world.PingClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Changes one row that many cached values depend on, and waits until they are gone, while another client asks Redis
 * something all the time. What a program could do instead runs in between, in this process. Not thread-safe.
 */
public final class FanoutBench {
    static final Metric MILLIS = new Metric("millis", "ms", 1, true);
    static final Metric KEYS = new Metric("keysPerMilli", "keys/ms", 0, false, true);
    static final Metric STALL = new Metric("longestPingMillis", "longest PING ms", 1, false);

    private static final String FRESHET = Subject.FRESHET.label();
    private static final String UNLINK = "select-unlink";
    private static final String SCAN = "scan-del";

    private final FanoutSettings settings;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Progress progress;
    private final Recording recording;

    public FanoutBench(FanoutSettings settings, BenchServers servers, SubjectLauncher launcher, Progress progress) {
        this.settings = settings;
        this.servers = servers;
        this.launcher = launcher;
        this.progress = progress;
        recording = new Recording("fanout", UNLINK, List.of(MILLIS, KEYS, STALL), progress);
    }

    /** Runs all rounds. */
    public Results run() throws SQLException, InterruptedException {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Relation relation : settings.relations()) {
                measure(relation, round);
            }
        }
        return recording.results();
    }

    private void measure(Relation relation, int round) throws SQLException, InterruptedException {
        servers.keys().clear();
        long rows = settings.sizes().stream().mapToLong(Long::longValue).sum();
        var own = launcher.withMapping(relation.mapping());
        try (ItemTable table = servers.createTable(rows, settings.sizes())) {
            try (SubjectProcess process = own.startReady(Subject.FRESHET, table)) {
                long first = 1;
                for (int parent = 1; parent <= settings.sizes().size(); parent++) {
                    long size = settings.sizes().get(parent - 1);
                    var keys = servers.keys(relation.names(parent));
                    measure(relation, round, new Family(process, table, keys, parent, first, size));
                    first += size;
                }
                process.requireNoPurge();
            }
        }
    }

    private void measure(Relation relation, int round, Family family) throws SQLException, InterruptedException {
        String setting = relation.setting(family.size());
        var subjects = Map.<String, Family.Way>of(
                FRESHET, family::change, UNLINK, family::selectAndUnlink, SCAN, family::scanAndDelete);
        for (String subject : Rounds.order(List.of(FRESHET, UNLINK, SCAN), round)) {
            progress.tell("round " + round + " of " + settings.rounds() + ": " + setting + ", " + subject);
            recording.add(new Sample(setting, round, subject, measure(family, subjects.get(subject))));
        }
    }

    private Map<String, Double> measure(Family family, Family.Way way) throws SQLException, InterruptedException {
        var times = new ArrayList<Double>();
        var stalls = new ArrayList<Double>();
        for (int repetition = 0; repetition <= settings.repetitions(); repetition++) {
            family.fill();
            try (PingClient other = servers.ping()) {
                double millis = way.evict();
                double stall = other.end();
                if (repetition > 0) {
                    times.add(millis);
                    stalls.add(stall);
                }
            }
        }
        double millis = Spread.of(times).median();
        return Map.of(
                MILLIS.name(),
                millis,
                KEYS.name(),
                family.size() / millis,
                STALL.name(),
                Spread.of(stalls).max());
    }
}
