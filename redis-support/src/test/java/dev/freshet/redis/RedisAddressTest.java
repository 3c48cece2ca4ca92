// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
                    redis://localhost STANDALONE
                    rediss://r.example:6380/3 STANDALONE
                    redis-sentinel://a:26379,b,c:26380#primary SENTINEL
                    rediss-sentinel://a/2#primary SENTINEL
                    redis-cluster://a:7001 CLUSTER
                    rediss-cluster://a:7001,b:7002,[::1]:7003/ CLUSTER
                    """)
    void theSchemeTellsTheTopology(String uri, Topology topology) {
        assertThat(RedisAddress.parse(uri).topology()).isEqualTo(topology);
    }

    @Test
    void aClusterIsTheNodesThatAreNamedWithTheUserForEach() {
        var uris = uris(RedisAddress.parse("rediss-cluster://joe:p%40+s@a:7001,b,[::1]:7003"));
        assertThat(uris).extracting(RedisURI::getHost).containsExactly("a", "b", "::1");
        assertThat(uris).extracting(RedisURI::getPort).containsExactly(7001, 6379, 7003);
        assertThat(uris).allMatch(RedisURI::isSsl).allSatisfy(uri -> {
            var credentials = uri.getCredentialsProvider().resolveCredentials().block();
            assertThat(credentials.getUsername()).isEqualTo("joe");
            assertThat(new String(credentials.getPassword())).isEqualTo("p@+s");
            assertThat(uri.getClientName()).isEqualTo("me");
            assertThat(uri.getTimeout()).isEqualTo(Duration.ofSeconds(7));
        });
    }

    @Test
    void sentinelsHaveTheTimeoutAndNotTheUserOfTheServers() {
        var uri = uris(RedisAddress.parse("redis-sentinel://joe:secret@a:1,b:2/3#primary"))
                .get(0);
        assertThat(uri.getSentinelMasterId()).isEqualTo("primary");
        assertThat(uri.getDatabase()).isEqualTo(3);
        assertThat(uri.getSentinels()).extracting(RedisURI::getPort).containsExactly(1, 2);
        assertThat(uri.getSentinels()).allSatisfy(sentinel -> {
            assertThat(sentinel.getTimeout()).isEqualTo(Duration.ofSeconds(7));
            assertThat(sentinel.getCredentialsProvider().resolveCredentials().block())
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            empty -> assertThat(empty.hasPassword()).isFalse());
        });
        assertThat(user(uri)).isEqualTo("joe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://joe:secret@a:1",
                "redis-sentinel://joe:secret@a:1#primary",
                "redis-cluster://joe:secret@a:1"
            })
    void aPasswordFromOutsideIsStrongerThanTheOneInside(String uri) {
        var address = RedisAddress.parse(uri).as("ann", "other");
        assertThat(user(uris(address).get(0))).isEqualTo("ann");
        assertThat(user(uris(RedisAddress.parse(uri)).get(0))).isEqualTo("joe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "http://secret@a:1",
                "redis://joe:secret@a:port",
                "redis://:secret@a:1,b:2",
                "redis://:secret@",
                "redis-sentinel://:secret@a:1",
                "redis-sentinel://:secret@a:1,#primary",
                "redis-sentinel://:secret@a:1#",
                "redis-cluster://:secret@",
                "redis-cluster://:secret@a:1,",
                "redis-cluster://:secret@a:0",
                "redis-cluster://:secret@a:65536",
                "redis-cluster://:secret@a:1/3",
                "redis-cluster://:secret@a:1#primary",
                "redis-socket:///secret"
            })
    void whatIsNoAddressIsRefusedWithoutItsPassword(String uri) {
        assertThatThrownBy(() -> RedisAddress.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected redis")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://joe:secret@a:1",
                "redis-cluster://joe:se@cret@a:1,b:2",
                "redis-sentinel://:secret@a:1,b:2/3#primary"
            })
    void itIsPrintedWithoutUserAndPassword(String uri) {
        assertThat(RedisAddress.parse(uri).toString()).contains("a:1").doesNotContain("joe", "secret", "cret");
    }

    private static List<RedisURI> uris(RedisAddress address) {
        return address.uris("me", Duration.ofSeconds(7));
    }

    private static String user(RedisURI uri) {
        return uri.getCredentialsProvider().resolveCredentials().block().getUsername();
    }
}
