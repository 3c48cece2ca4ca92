// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.RedisCode;
import dev.freshet.redis.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterInfoTest {
    @ParameterizedTest
    @CsvSource({
        "redis_version:6.2.14, OLD_REDIS",
        "cluster_enabled:1, CLUSTER_AS_ONE",
        "role:slave, REPLICA",
        "maxmemory:0, NO_LIMIT"
    })
    void aLineThatHindersIsFound(String line, RedisCode code) {
        assertThat(new MasterInfo("# Server\r\n" + line + "\r\n").findings("redis://r", Topology.STANDALONE))
                .extracting(Finding::code)
                .containsExactly(code);
    }

    @Test
    void aFullRedisThatRefusesWritesIsWarnedOf() {
        assertThat(new MasterInfo("maxmemory:100\r\nmaxmemory_policy:noeviction\r\n")
                        .findings("redis://r", Topology.SENTINEL))
                .extracting(Finding::code)
                .containsExactly(RedisCode.NO_EVICTION);
        // Without a limit it is not full.
        assertThat(new MasterInfo("maxmemory:0\r\nmaxmemory_policy:noeviction\r\n")
                        .findings("redis://r", Topology.SENTINEL))
                .extracting(Finding::code)
                .containsExactly(RedisCode.NO_LIMIT);
    }

    @ParameterizedTest
    @CsvSource({
        "redis_version:7.0.0",
        "redis_version:10.1",
        "redis_version:unstable",
        "cluster_enabled:0",
        "role:master",
        "maxmemory:100"
    })
    void aLineThatDoesNotHinderIsNot(String line) {
        assertThat(new MasterInfo(line + "\r\n").findings("redis://r", Topology.STANDALONE))
                .isEmpty();
    }

    @Test
    void aNodeOfAClusterIsRightIfItIsAddressedAsOne() {
        assertThat(new MasterInfo("cluster_enabled:1\r\n").findings("redis-cluster://r", Topology.CLUSTER))
                .isEmpty();
    }
}
