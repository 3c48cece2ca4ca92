// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.HttpStub;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.http.purge.HttpPurgeSettings;
import dev.freshet.http.purge.provider.Endpoint;
import dev.freshet.http.purge.provider.PurgeKind;
import dev.freshet.invalidator.admin.AdminServer;
import dev.freshet.invalidator.admin.RunPages;
import dev.freshet.invalidator.run.status.State;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A run that purges an HTTP cache beside Redis. */
@WithPostgres
@WithRedis
class HttpPurgeRunTest {
    private static final String TOKEN = "t0ken-of-the-test";

    private final TestDatabase database;
    private final RedisServer redis;

    HttpPurgeRunTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void whatTheHttpCacheDidNotAcceptIsNotAcknowledgedAndComesAgainAfterARestart() throws Exception {
        try (var server = new HttpStub();
                var run = new RunFixture(database, redis, "run_http")) {
            run.purging(settings(server)).startAndStream();
            assertThat(server.asked()).anyMatch(asked -> asked.target().equals("/service/abc/purge_all"));

            server.answer(503);
            run.cache(1);
            run.execute("INSERT INTO run_http VALUES (1, 'x')");
            run.awaitGone(1);
            run.awaitPublished();
            await().atMost(RunFixture.PATIENCE).until(() -> isAskedFor(server, 0, run.key(1)));
            // Markers that came before the change may still be acknowledged; those behind it may not.
            var confirmed = new AtomicLong();
            await().during(Duration.ofSeconds(1)).atMost(RunFixture.PATIENCE).until(() -> {
                long now = run.confirmed();
                return confirmed.getAndSet(now) == now;
            });

            run.supervisor().close();
            run.awaitSlotFree();
            server.accept();
            int asked = server.asked().size();
            run.purging(settings(server)).startAndStream();

            await().atMost(RunFixture.PATIENCE).until(() -> isAskedFor(server, asked, run.key(1)));
            await().atMost(RunFixture.PATIENCE).until(() -> run.confirmed() > confirmed.get());
        }
    }

    @Test
    void anHttpCacheThatRefusesIsToldAndHoldsNobodyUp() throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var server = new HttpStub();
                var run = new RunFixture(database, redis, "run_http_refuses")) {
            run.purging(settings(server)).startAndStream();
            try (var admin =
                    AdminServer.start("127.0.0.1", 0, new RunPages(run.supervisor(), registry, "1").pages(true))) {
                assertThat(status(admin).path("httpPurge").path("stalled").asBoolean(true))
                        .isFalse();
                server.answer(401);
                run.cache(1);
                run.execute("INSERT INTO run_http_refuses VALUES (1, 'x')");
                run.awaitGone(1);
                await().atMost(RunFixture.PATIENCE)
                        .until(() ->
                                status(admin).path("httpPurge").path("stalled").asBoolean());

                JsonNode status = status(admin);
                assertThat(status.path("httpPurge").path("reason").asText())
                        .isEqualTo("fastly at " + server.url() + ": HTTP 401; expected a token that may purge");
                assertThat(status.path("state").asText()).isEqualTo("streaming");
                assertThat(status.toString()).doesNotContain(TOKEN, "/service/abc");

                run.cache(2);
                run.execute("INSERT INTO run_http_refuses VALUES (2, 'x')");
                run.awaitGone(2);
                server.accept();
                await().atMost(RunFixture.PATIENCE).until(() -> isAskedFor(server, 0, run.key(2)));
                await().atMost(RunFixture.PATIENCE)
                        .until(() ->
                                !status(admin).path("httpPurge").path("stalled").asBoolean());
                assertThat(run.supervisor().status().state()).isEqualTo(State.STREAMING);
            }
        }
    }

    private static boolean isAskedFor(HttpStub server, int from, String key) {
        return server.asked().stream()
                .skip(from)
                .anyMatch(asked -> asked.body().contains('"' + key + '"')
                        && asked.header("Fastly-Key").equals(TOKEN));
    }

    private static HttpPurgeSettings settings(HttpStub server) {
        return new HttpPurgeSettings(Endpoint.of(PurgeKind.FASTLY, server.url() + "/service/abc", () -> TOKEN), 0);
    }

    private static JsonNode status(AdminServer admin) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(admin.url() + "/status")).build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }
}
