// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.freshet.devservices.fault.HttpStub;
import dev.freshet.http.purge.provider.PurgeKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What an HTTP cache can answer, or not answer. Each purge is repeated until it is accepted; nothing secret is told. */
class HttpFaultsTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private HttpStub server;
    private Purged purged;

    @BeforeEach
    void start() throws IOException {
        server = new HttpStub();
        purged = new Purged(server);
        log.start();
        logger().setLevel(Level.TRACE);
        logger().addAppender(log);
    }

    @AfterEach
    void stop() {
        purged.close();
        server.close();
        logger().detachAppender(log);
        logger().setLevel(null);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.freshet.http");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 408, 413, 422, 425, 429, 500, 502, 503, 504})
    void aPurgeThatIsNotAcceptedIsRepeated(int status) throws Exception {
        server.answer(status, Map.of("Location", server.url() + "/elsewhere"), "");
        purged.evict("item:row-value");
        purged.publish(1);
        purged.awaitFailures(2);
        assertThat(purged.isAcknowledgeable(1)).isFalse();

        server.accept();
        purged.awaitAcknowledgeable(1);
        assertThat(server.asked())
                .hasSizeGreaterThan(2)
                .allMatch(asked -> asked.target().equals(Purged.SERVICE + "/purge")
                        && asked.body().contains("item:row-value"));
        await().atMost(PATIENCE).until(() -> !purged.status().waiting());
        assertNothingSecretWasTold();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | HTTP 401; expected a token that may purge
            403 | HTTP 403; expected a token that may purge
            404 | HTTP 404; expected the URL of the cache's purge API
            301 | HTTP 301; redirects are not followed, expected the URL that they lead to
            """)
    void whatOnlyAPersonCanMendIsToldAtOnce(int status, String reason) throws Exception {
        server.answer(status);
        purged.evict("item:row-value");
        await().atMost(PATIENCE).until(() -> purged.status().waiting());
        assertThat(purged.status().reason()).isEqualTo("fastly at " + server.url() + ": " + reason);
        assertThat(purged.registry.get("freshet.http.purge.stalled").gauge().value())
                .isEqualTo(1);
        assertThat(purged.registry.get("freshet.http.purge.pending").gauge().value())
                .isEqualTo(1);
        assertNothingSecretWasTold();
    }

    @ParameterizedTest
    @CsvSource({"429, too many requests", "503, HTTP 503"})
    void whatLastsIsTold(int status, String reason) throws Exception {
        server.answer(status);
        purged.evict("item:row-value");
        await().atMost(PATIENCE).until(() -> purged.status().waiting());
        assertThat(purged.status().reason()).contains(reason);
    }

    /** The pauses of this test are 20 ms at most. */
    @Test
    void retryAfterIsKeptTo() throws Exception {
        server.answer(429, Map.of("Retry-After", "3600"), "");
        purged.evict("item:row-value");
        await().atMost(PATIENCE).until(() -> purged.count("failures") == 1);
        server.accept();
        await().during(Duration.ofMillis(500))
                .atMost(PATIENCE)
                .until(() -> server.asked().size() == 1);
    }

    @Test
    void whoDoesNotAnswerIsAskedAgain() throws Exception {
        server.stayMute();
        purged.evict("item:row-value");
        purged.publish(1);
        purged.awaitFailures(2);
        assertThat(purged.isAcknowledgeable(1)).isFalse();
        assertThat(purged.status().reason()).contains("no answer in 500 ms");
        server.accept();
        purged.awaitAcknowledgeable(1);
        assertNothingSecretWasTold();
    }

    @Test
    void whoIsNotThereIsWaitedFor() throws Exception {
        int port = server.port();
        server.close();
        purged.evict("item:row-value");
        purged.publish(1);
        purged.awaitFailures(3);
        await().atMost(PATIENCE).until(() -> purged.status().waiting());
        assertThat(purged.status().reason()).isEqualTo("fastly at http://127.0.0.1:" + port + ": cannot connect");
        server = new HttpStub(port);
        purged.awaitAcknowledgeable(1);
        assertNothingSecretWasTold();
    }

    @Test
    void aTokenOfAnotherFormIsToldAndNotShown() throws Exception {
        try (var signed = new Purged(PurgeKind.WEBHOOK, server.url() + "/path-of-the-test")) {
            signed.evict("item:row-value");
            await().atMost(PATIENCE).until(() -> signed.status().waiting());
            assertThat(signed.status().reason())
                    .endsWith(
                            "no request could be made (IllegalArgumentException); expected a token of the right form");
            assertThat(server.asked()).isEmpty();
            assertNothingSecretWasTold();
        }
    }

    private void assertNothingSecretWasTold() {
        assertThat(log.list).isNotEmpty();
        assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage).toList() + " "
                        + purged.status().reason())
                .doesNotContain(Purged.TOKEN, "row-value", "path-of-the-test");
    }
}
