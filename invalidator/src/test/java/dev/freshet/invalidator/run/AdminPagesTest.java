// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.admin.AdminServer;
import dev.freshet.invalidator.admin.RunGauges;
import dev.freshet.invalidator.admin.RunPages;
import dev.freshet.invalidator.run.status.State;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import org.junit.jupiter.api.Test;

@WithPostgres
@WithRedis
class AdminPagesTest {
    private final TestDatabase database;
    private final RedisServer redis;
    private final HttpClient http = HttpClient.newHttpClient();
    private String url;

    AdminPagesTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void tellHealthMetricsStatusAndTheLastTransactions() throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var run = new RunFixture(database, redis, "run_admin");
                var supervisor = run.supervisor(registry);
                var admin = AdminServer.start("127.0.0.1", 0, new RunPages(supervisor, registry, "1").pages(true))) {
            url = admin.url();
            RunGauges.register(supervisor, registry, Clock.systemUTC());
            assertThat(get("/livez").statusCode()).isEqualTo(200);
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            assertThat(json("/recent").path("transactions")).isEmpty();

            supervisor.start();

            await().atMost(RunFixture.PATIENCE).until(() -> get("/readyz").statusCode() == 200);
            assertThat(get("/readyz?max_lag=0ms").statusCode()).isEqualTo(503);
            assertThat(get("/readyz?max_lag=soon").statusCode()).isEqualTo(400);
            assertThat(get("/startupz?verbose").body()).contains("state: streaming");
            run.cache(1);
            run.execute("INSERT INTO run_admin VALUES (1, 'secret')");
            run.awaitGone(1);
            await().atMost(RunFixture.PATIENCE)
                    .until(() -> !json("/recent").path("transactions").isEmpty());

            JsonNode recent = json("/recent?after=0&limit=5");
            JsonNode transaction = recent.path("transactions").get(0);
            assertThat(recent.path("next").asLong()).isEqualTo(1);
            assertThat(transaction.path("number").asLong()).isEqualTo(1);
            assertThat(transaction.path("rows").asLong()).isEqualTo(1);
            assertThat(transaction.path("position").asText()).matches("[0-9A-F]+/[0-9A-F]+");
            assertThat(transaction.path("latencyMicros").isIntegralNumber()).isTrue();
            assertThat(transaction.path("changes").get(0).path("operation").asText())
                    .isEqualTo("create");
            assertThat(transaction.path("changes").get(0).path("id").path("id").asText())
                    .isEqualTo("1");
            assertThat(transaction.path("evictions").get(0).path("kind").asText())
                    .isEqualTo("key");
            assertThat(transaction.path("evictions").get(0).path("name").asText())
                    .isEqualTo(run.key(1));
            assertThat(transaction.path("evictions").get(0).path("template").asText())
                    .endsWith("{id}");
            assertThat(transaction.path("evictions").get(0).path("line").asInt())
                    .isPositive();
            assertThat(transaction.path("keysRemoved").asLong()).isEqualTo(1);
            assertThat(recent.toString()).doesNotContain("secret");
            assertThat(json("/recent?after=1").path("transactions")).isEmpty();
            assertThat(json("/status").path("state").asText()).isEqualTo("streaming");
            assertThat(json("/status").path("slot").asText()).isEqualTo("run_admin");
            assertThat(get("/metrics").body())
                    .contains("freshet_invalidator_changes_total{operation=\"create\"} 1.0")
                    .contains("freshet_invalidator_commit_to_evicted_seconds_bucket")
                    .contains("freshet_invalidator_evictions_total{kind=\"key\",reason=\"own\"} 1.0")
                    .contains("freshet_invalidator_state{state=\"streaming\"} 1.0")
                    .doesNotContain("secret");
            assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
        }
    }

    /** Where a platform counts how many instances could evict, the one that stands by counts. */
    @Test
    void anInstanceThatStandsByIsReadyForThoseWhoAskForThat() throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var run = new RunFixture(database, redis, "run_standby_page");
                var second = run.supervisor(registry);
                var admin = AdminServer.start("127.0.0.1", 0, new RunPages(second, registry, "1").pages(true))) {
            url = admin.url();
            run.startAndStream();
            assertThat(get("/readyz?standby").statusCode()).isEqualTo(503);
            second.start();
            await().atMost(RunFixture.PATIENCE).until(() -> second.status().state() == State.STANDBY);
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            assertThat(get("/readyz?standby").statusCode()).isEqualTo(200);
            assertThat(get("/livez").statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(get(path).body());
    }
}
