// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.stack.ServiceProcess;
import dev.freshet.lab.bench.contexts.ContextProcesses;
import dev.freshet.lab.bench.contexts.ContextRows;
import dev.freshet.lab.bench.contexts.ContextWorld;
import dev.freshet.lab.bench.process.ProcessUsage;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures one way after the other on one database, with the processes that belong to it. Not thread-safe. */
final class Measurement implements AutoCloseable {
    private final ContextRows rows;
    private final TestDatabase database;
    private final Optional<PostgresCpu> postgres;
    private final ApiWrite.Tokens tokens;
    private final RedisClient redis;
    private final StatefulRedisConnection<String, String> connection;
    private final ServiceProcess writer;
    private final ContextProcesses processes;
    /** Null: none runs. */
    private ServiceProcess invalidator;

    Measurement(ContextWorld world, TestDatabase database, String redisUri) throws SQLException {
        this.processes = world.processes();
        this.rows = world.rows();
        this.database = database;
        postgres = PostgresCpu.of(database);
        tokens = new ApiWrite.Tokens(processes.jwtSecret());
        redis = RedisClient.create(redisUri);
        connection = redis.connect();
        writer = processes.writer(database);
    }

    /** Has the invalidator run from now on, or not. */
    void invalidate(boolean wanted) {
        if (invalidator != null) {
            invalidator.stop();
        }
        invalidator = wanted ? processes.invalidator(database) : null;
    }

    /** Writes without counting. */
    void warmUp(Way way, List<Integer> connections, Duration duration)
            throws SQLException, IOException, InterruptedException {
        measure(way, Collections.max(connections), true, duration);
    }

    /** What it took, by the names of {@link WriterMetrics}. */
    Map<String, Double> measure(Way way, int connections, boolean manyUsers, Duration duration)
            throws SQLException, IOException, InterruptedException {
        setTriggers(database, way);
        var open = new ArrayList<Write>();
        try {
            for (int i = 0; i < connections; i++) {
                open.add(open(way));
            }
            return measure(open, manyUsers, duration);
        } finally {
            for (Write one : open) {
                one.close();
            }
        }
    }

    /** Those that record changes; foreign keys stay as they are. */
    static void setTriggers(TestDatabase database, Way way) {
        database.execute(
                "ALTER TABLE freshet.task_context " + (way.isRecorded() ? "ENABLE" : "DISABLE") + " TRIGGER USER");
    }

    private Write open(Way way) throws SQLException, IOException {
        return switch (way) {
            case PLAIN, TRIGGERS -> new SqlWrite(database);
            case INLINE -> new InlineWrite(new SqlWrite(database), connection.sync(), rows);
            case API -> new ApiWrite(writer.address(), tokens, rows);
        };
    }

    private Map<String, Double> measure(List<Write> open, boolean manyUsers, Duration duration)
            throws SQLException, IOException, InterruptedException {
        var load = new WriteLoad(rows.firstTask(manyUsers), rows.tasks());
        double postgresBefore = postgresSeconds();
        double writerBefore = seconds(writer);
        double invalidatorBefore = seconds(invalidator);
        var written = load.run(open, duration);
        var values = new LinkedHashMap<String, Double>();
        values.put(WriterMetrics.WRITES.name(), written.writes() * 1e9 / written.nanos());
        values.put(WriterMetrics.P50.name(), written.micros().getValueAtPercentile(50) / 1e3);
        values.put(WriterMetrics.P99.name(), written.micros().getValueAtPercentile(99) / 1e3);
        double micros = 1e6 / written.writes();
        if (postgres.isPresent()) {
            values.put(WriterMetrics.POSTGRES.name(), (postgresSeconds() - postgresBefore) * micros);
        }
        if (open.get(0) instanceof ApiWrite) {
            values.put(WriterMetrics.WRITER.name(), (seconds(writer) - writerBefore) * micros);
        }
        if (invalidator != null) {
            new CatchUp(database).await(open.get(0), rows.firstTask(manyUsers));
            values.put(WriterMetrics.INVALIDATOR.name(), (seconds(invalidator) - invalidatorBefore) * micros);
        }
        return values;
    }

    private double postgresSeconds() {
        return postgres.map(PostgresCpu::seconds).orElse(0.0);
    }

    private static double seconds(ServiceProcess process) {
        return process == null ? 0 : ProcessUsage.of(process.pid()).cpuSeconds();
    }

    @Override
    public void close() {
        invalidate(false);
        writer.stop();
        redis.shutdown();
    }
}
