// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.stack.ServiceProcess;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.bench.contexts.ContextRows;
import dev.freshet.lab.bench.contexts.ContextWorld;
import dev.freshet.lab.bench.process.ProcessUsage;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.result.Progress;
import dev.freshet.lab.bench.result.Recording;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Rounds;
import dev.freshet.lab.bench.result.Sample;
import dev.freshet.lab.bench.world.BenchServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads in each way as fast as it goes, in this process, while the invalidator runs. Not thread-safe. */
public final class ReaderBench {
    /** If more of the reads of present keys were loaded, and more than {@link #FEW}, something else was measured. */
    private static final double MOST_LOADED = 0.01;

    /** A read is also loaded if Redis does not answer in time. */
    private static final long FEW = 10;

    private static final List<Way> STAMPEDES = List.of(Way.CACHE_ASIDE, Way.FRESHET, Way.NO_CACHE);

    private final ReaderSettings settings;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Progress progress;
    private final Recording samples;
    private Clients clients;
    private ContextRows rows;
    /** So that each measurement of misses has keys of its own. */
    private int measurements;

    public ReaderBench(ReaderSettings settings, BenchServers servers, SubjectLauncher launcher, Progress progress) {
        this.settings = settings;
        this.servers = servers;
        this.launcher = launcher;
        this.progress = progress;
        this.samples = new Recording("reader", Way.CACHE_ASIDE.label(), ReaderMetrics.ALL, progress);
    }

    /** Runs all rounds. Fails if keys that should be there are not. */
    public Results run() throws SQLException, InterruptedException {
        progress.tell("schema and rows");
        try (var world = new ContextWorld(servers, launcher.folder(), new ContextRows(settings.keys()))) {
            return run(world);
        }
    }

    /** The same with rows that are there. */
    Results run(ContextWorld world) throws SQLException, InterruptedException {
        rows = world.rows();
        servers.keys().clear();
        try (TestDatabase database = world.copy()) {
            ServiceProcess invalidator = world.processes().invalidator(database);
            try (var opened = new Clients(servers.redisUri(), database, rows)) {
                clients = opened;
                warmUp();
                for (int round = 1; round <= settings.rounds(); round++) {
                    round(round);
                }
            } finally {
                invalidator.stop();
            }
        }
        return samples.results();
    }

    private void warmUp() throws SQLException, InterruptedException {
        for (Way.Case what : Way.Case.values()) {
            for (Way way : what.ways()) {
                progress.tell("warm-up: " + what.label(Collections.max(settings.threads())) + ", " + way.label());
                measure(what, way, Collections.max(settings.threads()), settings.warmUp());
            }
        }
    }

    private void round(int round) throws SQLException, InterruptedException {
        String where = "round " + round + " of " + settings.rounds() + ": ";
        for (Way.Case what : Way.Case.values()) {
            for (int threads : settings.threads()) {
                for (Way way : Rounds.order(what.ways(), round)) {
                    progress.tell(where + what.label(threads) + ", " + way.label());
                    var values = measure(what, way, threads, settings.duration());
                    samples.add(new Sample(what.label(threads), round, way.label(), values));
                }
            }
        }
        String stampede = "stampede, " + settings.stampede() + " readers";
        for (Way way : Rounds.order(STAMPEDES, round)) {
            progress.tell(where + stampede + ", " + way.label());
            samples.add(new Sample(stampede, round, way.label(), stampede(way)));
        }
    }

    private Map<String, Double> measure(Way.Case what, Way way, int threads, Duration duration)
            throws SQLException, InterruptedException {
        boolean misses = what == Way.Case.MISS;
        View view = what.view(way);
        var keys = new Keys(rows.firstTask(true), settings.keys(), misses);
        Reads reads = clients.reads(way, misses ? view.named("miss" + ++measurements) : view, keys);
        if (!misses) {
            clients.fill(reads, way, keys);
        }
        long loaded = clients.loads().count();
        double redis = clients.redisSeconds();
        double client = clientSeconds();
        ReadLoad.Done done = ReadLoad.run(reads, threads, duration);
        double micros = 1e6 / done.reads();
        var values = new LinkedHashMap<String, Double>();
        values.put(ReaderMetrics.READS.name(), done.reads() * 1e9 / done.nanos());
        values.put(ReaderMetrics.P50.name(), done.sampledNanos().getValueAtPercentile(50) / 1e3);
        values.put(ReaderMetrics.P99.name(), done.sampledNanos().getValueAtPercentile(99) / 1e3);
        values.put(ReaderMetrics.CLIENT.name(), (clientSeconds() - client) * micros);
        if (way != Way.NEAR && way != Way.NO_CACHE) {
            values.put(ReaderMetrics.REDIS.name(), (clients.redisSeconds() - redis) * micros);
        }
        requireRightKind(what, way, threads, done.reads(), clients.loads().count() - loaded);
        return values;
    }

    /** Hits must be hits, and misses misses. */
    private void requireRightKind(Way.Case what, Way way, int threads, long reads, long loaded) {
        clients.requireCaching();
        boolean loads = what == Way.Case.MISS || way == Way.NO_CACHE;
        if ((loads ? reads - loaded : loaded) > Math.max(FEW, reads * MOST_LOADED)) {
            throw new StackException("%s, %s: %,d of %,d reads were loaded, so something else was measured"
                    .formatted(what.label(threads), way.label(), loaded, reads));
        }
    }

    private Map<String, Double> stampede(Way way) throws SQLException, InterruptedException {
        View view = View.own(0).named("stampede");
        var keys = new Keys(rows.firstTask(true), 1, false);
        Reads reads = clients.reads(way, view, keys);
        clients.fill(reads, way, keys);
        clients.evict(reads, way, view, keys);
        long loaded = clients.loads().count();
        double millis = Stampede.run(reads, settings.stampede());
        return Map.of(
                ReaderMetrics.LOADS.name(),
                (double) (clients.loads().count() - loaded),
                ReaderMetrics.ALL_ANSWERED.name(),
                millis);
    }

    private static double clientSeconds() {
        return ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds();
    }
}
