// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RedisClusterTest {

    @Test
    void threeMastersShareTheKeysAndCloseLeavesNothing() {
        var cluster = RedisCluster.start(RedisOptions.defaults().withPassword("s3cret"), 0);
        var folders = cluster.nodes().stream()
                .map(node -> Path.of(node.toString().replaceFirst(".* in ", "")))
                .toList();
        try (cluster) {
            assertThat(folders).hasSize(3).allMatch(Files::isDirectory);
            assertThat(cluster.masters()).hasSize(3).isEqualTo(cluster.nodes());
            assertThat(cluster.uri()).startsWith("redis-cluster://:s3cret@127.0.0.1:");
            try (var client = RedisClusterClient.create(
                            RedisURI.create(cluster.nodes().get(0).uri()));
                    var connection = client.connect()) {
                for (int i = 0; i < 100; i++) {
                    connection.sync().set("k" + i, "v");
                }
                assertThat(connection.sync().dbsize()).isEqualTo(100);
                assertThat(cluster.nodes())
                        .allSatisfy(
                                node -> assertThat((Long) node.ask("DBSIZE")).isBetween(1L, 99L));
                var master = cluster.masterOf("k1");
                assertThat(master.ask("GET", "k1")).isEqualTo("v");
                cluster.flush();
                assertThat(connection.sync().dbsize()).isZero();
            }
        }
        assertThat(folders).noneMatch(Files::exists);
        assertThat(cluster.nodes()).noneMatch(RedisNode::isRunning);
    }

    @Test
    void aReplicaTakesItsMastersPlaceWhetherTheMasterLivesOrNot() {
        try (var cluster = RedisCluster.start(RedisOptions.defaults(), 1)) {
            assertThat(cluster.nodes()).hasSize(6);
            var first = cluster.masterOf("a");
            first.ask("SET", "a", "1");
            first.ask("WAIT", "1", "10000");

            var second = cluster.failOver(first);
            assertThat(cluster.masterOf("a")).isSameAs(second).isNotSameAs(first);
            assertThat(second.ask("GET", "a")).isEqualTo("1");
            await().atMost(PATIENCE)
                    .until(() -> second.info("replication", "slave0").contains("state=online"));

            second.kill();
            assertThat(second.isRunning()).isFalse();
            assertThat(cluster.failOver(second)).isSameAs(first);
            assertThat(first.ask("GET", "a")).isEqualTo("1");

            second.resume();
            await().atMost(PATIENCE)
                    .until(() -> !second.isMaster()
                            && second.info("replication", "master_link_status").equals("up"));
            assertThat(cluster.masters()).hasSize(3).contains(first);
        }
    }

    @Test
    void aSlotIsMovedKeyByKey() {
        try (var cluster = RedisCluster.start(RedisOptions.defaults().withPassword("s3cret"), 0)) {
            var from = cluster.masterOf("{a}");
            from.ask("SET", "{a}1", "1");
            from.ask("SET", "{a}2", "2");
            var to = cluster.masters().stream()
                    .filter(node -> node != from)
                    .findFirst()
                    .orElseThrow();
            var move = cluster.move("{a}", to);
            assertThat(move.left()).containsExactlyInAnyOrder("{a}1", "{a}2");
            move.move("{a}1");
            move.move("{a}none");
            assertThat(move.left()).containsExactly("{a}2");
            assertThat(cluster.masterOf("{a}")).isSameAs(from);
            move.finish();
            assertThat(cluster.masterOf("{a}")).isSameAs(to);
            assertThat(to.ask("GET", "{a}1")).isEqualTo("1");
            assertThat(to.ask("GET", "{a}2")).isEqualTo("2");
            assertThatThrownBy(() -> cluster.move("{a}", to)).hasMessageContaining("already");
        }
    }
}
