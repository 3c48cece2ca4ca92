// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import static dev.freshet.redis.Links.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Who a link is to Redis, where the default user may do nothing; and what it says where it may not be that. */
class RedisUserTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(RedisLink.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private RedisServer server;
    private RawRedis admin;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        admin = new RawRedis(server.uri());
        user("joe", "s3cret");
        admin.redis.aclSetuser(
                "free", AclSetuserArgs.Builder.nopass().on().allKeys().allCommands());
        admin.redis.aclSetuser("default", AclSetuserArgs.Builder.off());
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        admin.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    joe@        | s3cret | joe
                    joe:s3cret@ | -      | joe
                    joe:other@  | s3cret | joe
                    free:@      | -      | free
                    """)
    void theUserOfTheAddressLogsIn(String credentials, String variable, String user) throws Exception {
        try (var link = link(credentials, variable)) {
            link.open(PATIENCE);
            assertThat(link.commands().aclWhoami().get()).isEqualTo(user);
        }
    }

    @Test
    void theLatestCauseIsToldAndEachIsLoggedWhenItChanges() throws Exception {
        server.stop();
        try (var link = link("joe@", "wrong")) {
            link.open(PATIENCE);
            awaitProblem(link, "Connection refused");
            server.resume();
            admin.redis.ping();
            // What the server was told is gone with the process.
            user("joe", "s3cret");
            awaitProblem(link, "WRONGPASS");
            assertThat(problem(link)).contains("(user joe)").doesNotContain("wrong");
            awaitLogged("Connection refused");
            awaitLogged("WRONGPASS");
            user("joe", "wrong");
            await().atMost(PATIENCE).until(link::isConnected);
        }
    }

    @Test
    void aConnectionThatBrokeTellsWhyItIsNotMadeAnew() throws Exception {
        try (var link = link("joe@", "s3cret")) {
            link.open(PATIENCE);
            link.commands().ping().get();
            admin.redis.aclSetuser("joe", AclSetuserArgs.Builder.resetpass().addPassword("another"));
            ((RedisCommands<String, String>) admin.redis).clientKill(new KillArgs().user("joe"));
            awaitProblem(link, "WRONGPASS");
            awaitLogged("WRONGPASS");
        }
    }

    private void user(String name, String password) {
        admin.redis.aclSetuser(
                name,
                AclSetuserArgs.Builder.resetpass()
                        .addPassword(password)
                        .on()
                        .allKeys()
                        .allChannels()
                        .allCommands());
    }

    private RedisLink<String, String> link(String credentials, String variable) {
        var address = RedisAddress.of("redis://" + credentials + server.host() + ":" + server.port(), variable);
        return new RedisLink<>(
                new LinkSettings(address, "user-test", Duration.ofSeconds(5), PATIENCE, 1000),
                StringCodec.UTF8,
                () -> {});
    }

    private static void awaitProblem(RedisLink<?, ?> link, String part) {
        await().atMost(PATIENCE).until(() -> problem(link).contains(part));
    }

    private static String problem(RedisLink<?, ?> link) {
        return String.valueOf(catchThrowable(link::commands));
    }

    private void awaitLogged(String part) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.copyOf(log.list))
                        .extracting(ILoggingEvent::getFormattedMessage)
                        .filteredOn(line -> line.contains(part))
                        .hasSize(1));
    }
}
