// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.result.Progress;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.world.BenchServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code freshet bench fanout}, with one relation. */
class FanoutBenchTest {
    /** The run itself fails if a value is left, or if Freshet purged it instead. */
    @Test
    void everyWayEvictsAllValues(@TempDir Path folder) throws Exception {
        var settings = new FanoutSettings(List.of(20L, 50L), List.of(Relation.TAGS), 1, 1);
        var soFar = new ArrayList<Results>();
        try (var servers = new BenchServers()) {
            var launcher = new SubjectLauncher(servers.redisUri(), folder);
            var results = new FanoutBench(settings, servers, launcher, new Told(soFar)).run();

            assertThat(results.settings()).containsExactly("20 entries under a tag", "50 entries under a tag");
            assertThat(results.subjects()).containsExactly("freshet", "select-unlink", "scan-del");
            assertThat(results.samples())
                    .hasSize(6)
                    .allSatisfy(sample -> assertThat(sample.values().values())
                            .hasSize(3)
                            .allSatisfy(value -> assertThat(value).isPositive()));
            assertThat(servers.keys(Relation.TAGS.names(1)).left()).isZero();
            assertThat(soFar).hasSize(6).last().isEqualTo(results);
        }
    }

    /** Keeps what would be reported if the run ended then. */
    private record Told(List<Results> soFar) implements Progress {
        @Override
        public void tell(String line) {}

        @Override
        public void measured(Results results) {
            soFar.add(results);
        }
    }
}
