// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.backend.DevServicesException;
import io.lettuce.core.RedisClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RedisSentinelTest {

    @Test
    void theReplicaIsPromotedOnDemandAndCloseLeavesNothing() {
        var redis = RedisSentinel.start(RedisOptions.defaults().withPassword("s3cret"));
        var folders = Stream.concat(redis.servers().stream(), redis.sentinels().stream())
                .map(node -> Path.of(node.toString().replaceFirst(".* in ", "")))
                .toList();
        try (redis) {
            assertThat(folders).hasSize(5).allMatch(Files::isDirectory);
            var first = redis.master();
            assertThat(redis.servers()).hasSize(2).contains(first, redis.replica());
            try (var client = RedisClient.create(redis.uri());
                    var connection = client.connect()) {
                connection.sync().set("a", "1");
                assertThat(connection.sync().waitForReplication(1, 10_000)).isOne();
            }
            var second = redis.failOver();
            assertThat(redis.master()).isSameAs(second).isNotSameAs(first);
            assertThat(second.ask("GET", "a")).isEqualTo("1");
        }
        assertThat(folders).noneMatch(Files::exists);
        assertThat(redis.servers()).noneMatch(RedisNode::isRunning);
    }

    @Test
    void aKilledMasterIsReplacedAndComesBackAsAReplica() {
        try (var redis = RedisSentinel.start()) {
            var first = redis.master();
            var second = redis.replica();
            first.kill();
            redis.awaitMaster(second);
            first.resume();
            // Who is made a replica breaks its connections.
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(DevServicesException.class)
                    .until(() -> !first.isMaster());
            assertThat(redis.replica()).isSameAs(first);
        }
    }
}
