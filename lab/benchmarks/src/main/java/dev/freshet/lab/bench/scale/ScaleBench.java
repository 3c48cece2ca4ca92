// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.scale;

import dev.freshet.lab.bench.fanout.Family;
import dev.freshet.lab.bench.latency.LatencyMetrics;
import dev.freshet.lab.bench.latency.LoadedSubject;
import dev.freshet.lab.bench.process.Mappings;
import dev.freshet.lab.bench.process.Subject;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.process.SubjectProcess;
import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.result.Progress;
import dev.freshet.lab.bench.result.Recording;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Sample;
import dev.freshet.lab.bench.result.Spread;
import dev.freshet.lab.bench.world.BenchServers;
import dev.freshet.lab.bench.world.ItemTable;
import dev.freshet.lab.bench.world.KeyNames;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares Freshet with itself as things grow, and with values that only expire. Not thread-safe. */
public final class ScaleBench {
    /** Rows of the parent that is changed. */
    static final int FAMILY = 100;

    static final Metric MILLIS = new Metric("millis", "ms for " + FAMILY + " keys", 1, false);

    /** Of templates: low enough for any number of them. */
    private static final int TEMPLATES_RATE = 200;
    /** More than can be committed. */
    private static final int ENDLESS = 1_000_000;

    private static final String FRESHET = Subject.FRESHET.label();
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final ScaleSettings settings;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Progress progress;
    private final Recording recording;

    public ScaleBench(ScaleSettings settings, BenchServers servers, SubjectLauncher launcher, Progress progress) {
        this.settings = settings;
        this.servers = servers;
        this.launcher = launcher;
        this.progress = progress;
        var metrics = Stream.of(List.of(MILLIS), LatencyMetrics.ALL, ReadLoad.METRICS)
                .flatMap(List::stream)
                .toList();
        recording = new Recording("scale", FRESHET, metrics, progress);
    }

    /** Runs all rounds. */
    public Results run() throws SQLException, InterruptedException {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (long rows : settings.rows()) {
                String setting = tell(round, rows, "row");
                recording.add(new Sample(setting, round, FRESHET, changeAmong(rows)));
            }
            for (int writers : settings.writers()) {
                String setting = tell(round, writers, "writer");
                recording.add(new Sample(setting, round, FRESHET, load(Mappings.PLAIN, writers, ENDLESS)));
            }
            for (int templates : settings.templates()) {
                String setting = tell(round, templates, "template");
                var mapping = Mappings.templates(templates);
                recording.add(new Sample(setting, round, FRESHET, load(mapping, 1, TEMPLATES_RATE)));
            }
            progress.tell("round " + round + " of " + settings.rounds() + ": hits");
            new ReadBench(settings.duration(), servers, launcher, recording).run(round);
        }
        return recording.results();
    }

    private String tell(int round, long count, String what) {
        String setting = "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
        progress.tell("round " + round + " of " + settings.rounds() + ": " + setting);
        return setting;
    }

    private Map<String, Double> changeAmong(long rows) throws SQLException, InterruptedException {
        servers.keys().clear();
        var own = launcher.withMapping(Mappings.PARENT_KEYS);
        try (ItemTable table = servers.createTable(rows, List.of((long) FAMILY))) {
            try (SubjectProcess process = own.startReady(Subject.FRESHET, table)) {
                var family = new Family(process, table, servers.keys(), 1, 1, FAMILY);
                var times = new ArrayList<Double>();
                for (int change = 0; change < 2 * settings.changes(); change++) {
                    family.fill();
                    double millis = family.change();
                    if (change >= settings.changes()) { // the first half warms up
                        times.add(millis);
                    }
                }
                process.requireNoPurge();
                return Map.of(MILLIS.name(), Spread.of(times).median());
            }
        }
    }

    private Map<String, Double> load(String mapping, int writers, int rate) throws SQLException, InterruptedException {
        var own = launcher.withMapping(mapping);
        try (var loaded = new LoadedSubject(servers, own, Subject.FRESHET, KeyNames.PLAIN, writers)) {
            loaded.warmUp(rate, WARM_UP);
            Map<String, Double> values = loaded.measure(rate, settings.duration());
            loaded.requireNoPurge();
            return values;
        }
    }
}
