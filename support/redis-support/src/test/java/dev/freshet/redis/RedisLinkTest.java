// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import static dev.freshet.redis.Links.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.redis.answer.NotConnectedException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One server of its own, stopped and started. */
class RedisLinkTest {

    private final AtomicInteger connections = new AtomicInteger();
    private RedisServer server;
    private RedisLink<String, String> link;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        link = Links.of(server.uri(), connections::incrementAndGet);
    }

    @AfterEach
    void stop() {
        link.close();
        server.close();
    }

    @Test
    void connectsWhenItIsOpenedAndNotBefore() throws Exception {
        assertThat(link.isConnected()).isFalse();
        assertThatThrownBy(link::commands).isInstanceOf(NotConnectedException.class);
        assertThat(link.open(PATIENCE)).isTrue();
        assertThat(link.commands().clientGetname().get()).isEqualTo("link-test");
        assertThat(link.open(Duration.ZERO)).isTrue();
        assertThat(connections).hasValue(1);
    }

    @Test
    void failsAtOnceWhileRedisIsAwayAndComesBackByItself() throws Exception {
        link.open(PATIENCE);
        server.kill();
        await().atMost(PATIENCE).until(() -> !link.isConnected());
        assertThatThrownBy(link::commands).isInstanceOf(NotConnectedException.class);
        server.resume();
        await().atMost(PATIENCE).until(link::isConnected);
        assertThat(link.commands().ping().get()).isEqualTo("PONG");
        assertThat(connections).hasValue(2);
    }

    @Test
    void connectsInTheBackgroundIfTheFirstAttemptFails() throws Exception {
        server.stop();
        assertThat(link.open(PATIENCE)).isTrue();
        assertThat(link.isConnected()).isFalse();
        server.resume();
        await().atMost(PATIENCE).until(link::isConnected);
    }

    @Test
    void anAttemptThatBreaksOffIsNotTheLast() throws Exception {
        try (var stumbling = stumbling(2, 0)) {
            assertThat(stumbling.open(PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(stumbling::isConnected);
            assertThat(stumbling.commands().ping().get()).isEqualTo("PONG");
        }
    }

    @Test
    void aLookForTheMasterThatBreaksOffIsNotTheLast() throws Exception {
        try (var stumbling = stumbling(0, 2)) {
            stumbling.open(PATIENCE);
            var first = stumbling.commands();
            await().atMost(PATIENCE).ignoreExceptions().until(() -> stumbling.commands() != first);
        }
    }

    private RedisLink<String, String> stumbling(int attempts, int looks) {
        var address = RedisAddress.parse(server.uri());
        var settings = new LinkSettings(address, "link-test", PATIENCE, PATIENCE, 1000);
        return new RedisLink<>(
                address,
                Options.resources(),
                resources -> new Stumbling(
                        StandaloneConnector.of(settings, resources, StringCodec.UTF8),
                        new AtomicInteger(attempts),
                        new AtomicInteger(looks)),
                connections::incrementAndGet);
    }

    @Test
    void aServerThatBecameAReplicaIsLeft() throws Exception {
        link.open(PATIENCE);
        try (var other = RedisServer.start();
                var raw = new RawRedis(server.uri())) {
            raw.redis.set("a", "1");
            ((RedisCommands<String, String>) raw.redis).replicaof(other.host(), other.port());
            link.renewAfter(null);
            link.renewAfter(new IllegalStateException("not our affair"));
            assertThat(link.isConnected()).isTrue();
            assertThatThrownBy(() -> link.commands().set("a", "2").get()).satisfies(link::renewAfter);
            await().atMost(PATIENCE).until(() -> connections.get() == 2 && link.isConnected());
        }
    }

    @Test
    void aScriptIsLoadedWhereRedisDoesNotKnowIt() throws Exception {
        link.open(PATIENCE);
        var script = Script.of("return redis.call('GET', KEYS[1]) .. ARGV[1]");
        link.commands().set("a", "1").get();
        for (int i = 0; i < 2; i++) {
            assertThat(script.<String, String, String>run(
                                    link.commands(), ScriptOutputType.VALUE, new String[] {"a"}, "2")
                            .toCompletableFuture()
                            .get())
                    .isEqualTo("12");
            link.commands().scriptFlush().get();
        }
    }

    @Test
    void oneServerIsItsOwnMasterAndHasNoPositionIndex() throws Exception {
        link.open(PATIENCE);
        assertThat(link.masters()).singleElement().satisfies(master -> {
            assertThat(master.positionIndex()).isEmpty();
            assertThat(master.send(redis -> redis.ping()).toCompletableFuture().get())
                    .isEqualTo("PONG");
        });
        assertThat(link.positionIndex("ctx:{u1}:task:1:own")).isEmpty();
    }

    @Test
    void afterCloseNothingIsSentAnyMore() throws Exception {
        link.open(PATIENCE);
        link.close();
        link.close();
        assertThat(link.isClosed()).isTrue();
        assertThat(link.isConnected()).isFalse();
        assertThatThrownBy(link::commands).isInstanceOf(NotConnectedException.class);
    }
}
