// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
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
    @CsvSource(delimiter = '|', nullValues = "-", emptyValue = "", textBlock = """
                    # in the address         | in the variable | user  | password
                    redis://a                | -               | -     | -
                    redis://a                | var             | -     | var
                    redis://@a               | var             | -     | var
                    redis://:@a              | -               | -     | -
                    redis://:url@a           | -               | -     | url
                    redis://:url@a           | var             | -     | var
                    redis://joe@a            | var             | joe   | var
                    redis://joe:@a           | var             | joe   | var
                    redis://joe:url@a        | -               | joe   | url
                    redis://joe:url@a        | var             | joe   | var
                    redis://j%40e:u%3A+@a:1  | -               | j@e   | u:+
                    redis://joe:u@l@a:1      | -               | joe   | u@l
                    redis://joe:u:l@a:1      | -               | joe   | u:l
                    redis://joe:@a           | -               | joe   | ''
                    """)
    void theUserIsTheAddressesAndThePasswordOfTheVariableIsStronger(
            String uri, String variable, String user, String password) {
        for (var scheme : List.of("redis://", "rediss://", "redis-sentinel://", "redis-cluster://")) {
            var place = scheme + uri.substring(8) + (scheme.contains("sentinel") ? "#m" : "");
            var address = RedisAddress.of(place, variable);
            assertThat(address.user()).as(place).isEqualTo(user);
            var credentials = uris(address)
                    .get(0)
                    .getCredentialsProvider()
                    .resolveCredentials()
                    .block();
            assertThat(credentials.getUsername()).as(place).isEqualTo(user);
            assertThat(credentials.hasPassword() ? new String(credentials.getPassword()) : null)
                    .as(place)
                    .isEqualTo(password);
        }
    }

    @Test
    void anybodyElseCanBeNamed() {
        var address = RedisAddress.parse("redis://joe:secret@a:1").as("ann", "other");
        assertThat(user(uris(address).get(0))).isEqualTo("ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://secret@a:1", "redis-sentinel://secret@a#m", "rediss-cluster://secret@a"})
    void aUserWithoutAPasswordIsNotTheDefaultUser(String uri) {
        assertThatThrownBy(() -> RedisAddress.of(uri, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names a user, and there is no password")
                .hasMessageNotContaining("secret");
        var address = RedisAddress.parse(uri);
        assertThatThrownBy(() -> new LinkSettings(address, "me", Duration.ZERO, Duration.ZERO, 1))
                .hasMessageContaining("names a user, and there is no password");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
                    redis://a a 6379 0
                    redis://a:1/ a 1 0
                    redis://a:1/12 a 1 12
                    redis://a:1?database=3 a 1 3
                    REDISS://a_b.example:1/2?verifyPeer=NONE a_b.example 1 2
                    redis://[::1] ::1 6379 0
                    redis://joe:[::2]@[::1]:7/4 ::1 7 4
                    redis://[fe80::1%eth0]:7 fe80::1%eth0 7 0
                    redis-sentinel://s/4#m - 0 4
                    """)
    void serverPortAndDatabase(String uri, String host, int port, int database) {
        var one = uris(RedisAddress.of(uri, null)).get(0);
        if (one.getSentinels().isEmpty()) {
            assertThat(one.getHost()).isEqualTo(host);
            assertThat(one.getPort()).isEqualTo(port);
        } else {
            assertThat(one.getSentinels()).extracting(RedisURI::getPort).containsExactly(26_379);
        }
        assertThat(one.getDatabase()).isEqualTo(database);
        assertThat(one.getVerifyMode()).isEqualTo(uri.contains("NONE") ? SslVerifyMode.NONE : SslVerifyMode.FULL);
    }

    @Test
    void sentinelsHaveTlsAndItsModeWhereTheServersHaveIt() {
        var uri = uris(RedisAddress.of("rediss-sentinel://:p@a,b?verifyPeer=ca#m", null))
                .get(0);
        assertThat(uri.getSentinels()).hasSize(2).allSatisfy(sentinel -> {
            assertThat(sentinel.isSsl()).isTrue();
            assertThat(sentinel.getVerifyMode()).isEqualTo(SslVerifyMode.CA);
            assertThat(sentinel.getClientName()).isEqualTo("me");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "localhost:6379",
                "secret://a:1",
                "http://secret@a:1",
                "redis://",
                "redis://:secret",
                "redis://joe:secret",
                "redis://joe:secret@",
                "redis://joe:secret@:1",
                "redis://joe:secret@a:port",
                "redis://joe:secret@a:0",
                "redis://joe:secret@a:65536",
                "redis://joe:secret@a:99999999999",
                "redis://joe:secret@a:1:2",
                "redis://joe:secret@::1",
                "redis://joe:secret@[::1",
                "redis://joe:secret@a b:1",
                "redis://joe:sec/ret@a:1",
                "redis://joe:sec?ret@a:1",
                "redis://joe:sec#ret@a:1",
                "redis://joe:secret%@a:1",
                "redis://joe:x secret@a:1",
                "app:secret@redis://a",
                "redis://joe:secret%zz@a:1",
                "redis://:secret@a:1,b:2",
                "redis://:secret@a:1/x",
                "redis://:secret@a:1/-1",
                "redis://:secret@a:1/1/2",
                "redis://:secret@a:1#primary",
                "redis://:secret@a:1?timeout=5s",
                "redis://:secret@a:1?password=secret",
                "redis://:secret@a:1?secret",
                "rediss://:secret@a:1?verifyPeer=maybe",
                "redis-sentinel://:secret@a:1",
                "redis-sentinel://:secret@a:1,#primary",
                "redis-sentinel://:secret@a:1#",
                "redis-cluster://:secret@",
                "redis-cluster://:secret@a:1,",
                "redis-cluster://:secret@a:0",
                "redis-cluster://:secret@a:65536",
                "redis-cluster://:secret@a:1/3",
                "redis-cluster://:secret@a:1?database=3",
                "redis-cluster://:secret@a:1#primary",
                "redis-socket:///secret",
                "unix:///secret"
            })
    void whatIsNoAddressIsRefusedWithoutItsPassword(String uri) {
        assertThatThrownBy(() -> RedisAddress.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected redis")
                .hasMessageNotContainingAny("secret", "sec/", "joe")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
                    redis://joe:secret@a:1 redis://a:1
                    redis-cluster://joe:se@cret@a:1,b:2 redis-cluster://a:1,b:2
                    rediss-sentinel://:secret@a:1,b:2/3#primary rediss-sentinel://a:1,b:2/3#primary
                    redis://:secret@[::1] redis://[::1]:6379
                    """)
    void itIsPrintedWithoutUserAndPassword(String uri, String printed) {
        assertThat(RedisAddress.parse(uri)).hasToString(printed);
    }

    private static List<RedisURI> uris(RedisAddress address) {
        return address.uris("me", Duration.ofSeconds(7));
    }

    private static String user(RedisURI uri) {
        return uri.getCredentialsProvider().resolveCredentials().block().getUsername();
    }
}
