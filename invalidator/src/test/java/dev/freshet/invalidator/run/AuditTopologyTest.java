// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisSentinel;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Audits of a Redis with several servers, before and after a failover. */
@WithPostgres
class AuditTopologyTest {
    private static final int OWNERS = 12;

    private final TestDatabase database;

    AuditTopologyTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void withSentinelsTheMasterIsLookedAtWhicheverItIs() {
        try (var redis = RedisSentinel.start();
                var cached = new AuditFixture(database, redis.uri(), "audit_sentinel").start()) {
            staleEntriesOfAllAreFound(cached);
            redis.failOver();
            cached.reconnect();
            staleEntriesOfAllAreFound(cached);
        }
    }

    @Test
    void inAClusterEveryMasterIsLookedAt() {
        try (var redis = RedisCluster.start(RedisOptions.defaults(), 1);
                var cached = new AuditFixture(database, redis.uri(), "audit_cluster").start()) {
            staleEntriesOfAllAreFound(cached);
            var master = redis.masterOf("audit-cluster:{u0}:");
            master.kill();
            redis.failOver(master);
            cached.reconnect();
            staleEntriesOfAllAreFound(cached);
        }
    }

    /** One right and one stale entry of each owner. */
    private static void staleEntriesOfAllAreFound(AuditFixture cached) {
        cached.execute(
                "DELETE FROM @_part",
                "INSERT INTO @_part SELECT 'k', n, 'u' || n FROM generate_series(0, %d) n".formatted(OWNERS - 1));
        var before = cached.load();
        cached.execute("UPDATE @_part SET name = 'new'");
        cached.awaitPublished();
        Set<String> stale = new HashSet<>();
        for (int i = 0; i < OWNERS; i++) {
            var tag = Tag.row("part", List.of("k", Integer.toString(i)));
            stale.add(cached.cache(before, Isolate.of("u" + i), tag, "own", "{}"));
            cached.cache(cached.load(), Isolate.of("u" + i), tag, "other", "{}");
        }
        cached.violations.clear();
        long right = cached.counts.allRight();

        cached.audit();

        assertThat(cached.violations)
                .extracting(violation -> violation.key())
                .containsExactlyInAnyOrderElementsOf(stale);
        assertThat(cached.counts.allRight()).isEqualTo(right + OWNERS);
        assertThat(cached.counts.allUndecided()).isZero();
    }
}
