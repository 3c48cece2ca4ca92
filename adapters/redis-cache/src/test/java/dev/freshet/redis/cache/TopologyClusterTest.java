// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.cache.Master;
import dev.freshet.devservices.RedisCluster;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TopologyClusterTest extends TopologyTest {
    TopologyClusterTest(RedisCluster redis) {
        super(Servers.of(redis));
    }

    /** A later move may make it the one that is read. */
    @Test
    void aPurgeDeletesThePositionsOfSlotsThatWereMoved() throws Exception {
        var read = evictor.masters().all().stream().map(Master::key).toList();
        String moved = IntStream.range(0, 100)
                .mapToObj(n -> "ctx:~position:{" + n + "}")
                .filter(key -> !read.contains(key))
                .findFirst()
                .orElseThrow();
        raw.redis.hset(moved, "lsn", "0/1");
        evictor.purge(List.of(), (fenceSets, keys) -> {});
        assertThat(raw.redis.exists(moved)).isZero();
    }
}
