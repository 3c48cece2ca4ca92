// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.redis.LocalRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RedisServerTest {

    @Test
    void isRedis7() {
        try (var server = RedisServer.start()) {
            assertThat(ask(server.uri(), redis -> redis.info("server"))).contains("redis_version:7.");
        }
    }

    @Test
    void forgetsItsDataInARestartUnlessPersistent() {
        try (var forgetful = RedisServer.start();
                var lasting = RedisServer.start(RedisOptions.defaults().withPersistence())) {
            for (var server : new RedisServer[] {forgetful, lasting}) {
                var port = server.port();
                ask(server.uri(), redis -> redis.set("k", "v"));
                server.restart();
                server.kill();
                assertThat(server.isRunning()).isFalse();
                server.resume();
                assertThat(server.port()).isEqualTo(port);
            }
            assertThat(ask(forgetful.uri(), redis -> redis.get("k"))).isEqualTo("null");
            assertThat(ask(lasting.uri(), redis -> redis.get("k"))).isEqualTo("v");
        }
    }

    @Test
    void takesPasswordUsersAndOtherDirectives() {
        var options = RedisOptions.defaults()
                .withPassword("s3cret")
                .directive("maxmemory 10mb")
                .directive("user guest on >guest ~open:* +get +set");
        try (var server = RedisServer.start(options)) {
            assertThat(ask(server.uri(), redis -> redis.configGet("maxmemory"))).contains("maxmemory=10485760");
            var guest = server.uri("guest", "guest");
            assertThat(ask(guest, redis -> redis.set("open:a", "1"))).isEqualTo("OK");
            assertThatThrownBy(() -> ask(guest, redis -> redis.set("shut:a", "1")))
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("NOPERM");
            server.flush();
            assertThat(ask(server.uri(), RedisCommands::dbsize)).isEqualTo("0");
        }
    }

    @Test
    void showsTheLogsEndWhenADirectiveIsWrong() {
        var wrong = RedisOptions.defaults().directive("no-such-directive 1");
        assertThatThrownBy(() -> RedisServer.start(wrong))
                .isInstanceOf(DevServicesException.class)
                .hasMessageContaining("no-such-directive");
    }

    /** Then another one is tried; which none can be here. */
    @Test
    void aPortThatSomeoneTookMeanwhileIsToldFromOtherMistakes() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var options = RedisOptions.defaults().directive("port " + taken.getLocalPort());
            assertThatThrownBy(() -> RedisServer.start(options))
                    .isInstanceOf(DevServicesException.class)
                    .satisfies(e -> assertThat(LocalRedis.tellsOfATakenPort(e.getMessage()))
                            .as(e.getMessage())
                            .isTrue());
        }
    }

    private static String ask(String uri, Function<RedisCommands<String, String>, Object> question) {
        try (var client = RedisClient.create(uri);
                var connection = client.connect()) {
            return String.valueOf(question.apply(connection.sync()));
        }
    }
}
