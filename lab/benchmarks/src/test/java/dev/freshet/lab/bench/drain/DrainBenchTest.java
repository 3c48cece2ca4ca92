// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.junit.Patience;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.result.Sample;
import dev.freshet.lab.bench.world.BenchServers;
import dev.freshet.lab.bench.world.ItemKeys;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code freshet bench drain}, with every subject as a process. */
class DrainBenchTest {
    private static final long ROWS = 1_000;

    private static BenchServers servers;

    @BeforeAll
    static void start() {
        servers = new BenchServers();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    /** The run itself fails if a key is left, or if Freshet purged it instead. */
    @Test
    void everySubjectWorksOffTheWholeBacklog(@TempDir Path folder) throws Exception {
        var settings = new DrainSettings(ROWS, List.of(10L), 128, 1, 0, Patience.PATIENCE, false);
        var launcher = new SubjectLauncher(servers.redisUri(), folder);
        var results = new DrainBench(settings, servers, launcher, line -> {}).run();

        assertThat(results.settings()).containsExactly("10 rows a transaction");
        assertThat(results.subjects()).containsExactly("freshet", "floor", "debezium");
        assertThat(results.samples()).hasSize(3).allSatisfy(DrainBenchTest::isMeasured);
        assertThat(servers.keys().left()).isZero();
    }

    private static void isMeasured(Sample sample) {
        assertThat(sample.values().get("rowsPerSecond")).isPositive().isFinite();
        assertThat(sample.values().get("peakResidentMiB")).isGreaterThan(20);
    }

    @Test
    void keyThatStaysIsNoticed() {
        ItemKeys keys = servers.keys();
        keys.clear();
        keys.fill(ROWS);
        var seen = new EvictedRows(keys, ROWS, 0);
        assertThat(seen.count()).isZero();

        var client = RedisClient.create(servers.redisUri());
        try (var connection = client.connect()) {
            for (int id = 1; id < ROWS; id++) {
                connection.sync().unlink("item:" + id);
            }
            connection.sync().set("other", "x");
            connection.sync().unlink("other");
            assertThat(seen.count()).isEqualTo(ROWS - 1);
            assertThat(seen.isComplete()).isFalse();
            connection.sync().unlink("item:" + ROWS);
            assertThat(seen.isComplete()).isTrue();
        } finally {
            client.shutdown();
        }
    }
}
