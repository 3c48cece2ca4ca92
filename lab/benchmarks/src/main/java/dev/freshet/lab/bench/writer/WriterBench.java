// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.bench.contexts.ContextRows;
import dev.freshet.lab.bench.contexts.ContextWorld;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.result.Progress;
import dev.freshet.lab.bench.result.Recording;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Rounds;
import dev.freshet.lab.bench.result.Sample;
import dev.freshet.lab.bench.world.BenchServers;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * Writes in each way as fast as it goes. In a round everything is measured without the invalidator and with it. Each round
 * has a copy of the database and a writer-service of its own. Not thread-safe.
 */
public final class WriterBench {
    private final WriterSettings settings;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Progress progress;
    private final Recording samples;

    public WriterBench(WriterSettings settings, BenchServers servers, SubjectLauncher launcher, Progress progress) {
        this.settings = settings;
        this.servers = servers;
        this.launcher = launcher;
        this.progress = progress;
        this.samples = new Recording("writer", Way.PLAIN.label(false), WriterMetrics.ALL, progress);
    }

    /** Runs all rounds. Fails if a write does, or if the invalidator does not catch up. */
    public Results run() throws SQLException, IOException, InterruptedException {
        progress.tell("schema and rows");
        try (var world = new ContextWorld(servers, launcher.folder(), new ContextRows(settings.tasks()))) {
            return run(world);
        }
    }

    /** The same with rows that are there. */
    Results run(ContextWorld world) throws SQLException, IOException, InterruptedException {
        for (int round = 1; round <= settings.rounds(); round++) {
            servers.keys().clear();
            try (TestDatabase database = world.copy();
                    var measurement = new Measurement(world, database, servers.redisUri())) {
                for (boolean invalidator : Rounds.order(List.of(false, true), round)) {
                    measurement.invalidate(invalidator);
                    measureAll(measurement, invalidator, round);
                }
            }
        }
        return samples.results();
    }

    private void measureAll(Measurement measurement, boolean invalidator, int round)
            throws SQLException, IOException, InterruptedException {
        String where = "round " + round + " of " + settings.rounds() + ": ";
        List<Way> ways = Arrays.stream(Way.values())
                .filter(way -> !invalidator || way.isInvalidated())
                .toList();
        for (Way way : ways) {
            progress.tell(where + way.label(invalidator) + " warms up");
            measurement.warmUp(way, settings.connections(), settings.warmUp());
        }
        for (int connections : settings.connections()) {
            for (boolean manyUsers : new boolean[] {false, true}) {
                String setting = setting(connections, manyUsers);
                for (Way way : Rounds.order(ways, round)) {
                    progress.tell(where + setting + ", " + way.label(invalidator));
                    var values = measurement.measure(way, connections, manyUsers, settings.duration());
                    samples.add(new Sample(setting, round, way.label(invalidator), values));
                }
            }
        }
    }

    static String setting(int connections, boolean manyUsers) {
        return (connections == 1 ? "1 connection" : connections + " connections")
                + (manyUsers ? ", many users" : ", one user");
    }
}
