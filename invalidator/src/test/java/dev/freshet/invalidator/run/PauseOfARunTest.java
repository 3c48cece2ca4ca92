// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.admin.AdminServer;
import dev.freshet.invalidator.admin.AdminToken;
import dev.freshet.invalidator.admin.Page;
import dev.freshet.invalidator.admin.RunActions;
import dev.freshet.invalidator.admin.RunPages;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.support.config.secret.Secret;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A real invalidator is paused over its admin port, and goes on. */
@WithPostgres
@WithRedis
class PauseOfARunTest {
    private static final String TOKEN = "a token of the operator";

    private final HttpClient http = HttpClient.newHttpClient();
    private String url;

    @Test
    void whatIsCommittedMeanwhileIsEvictedAfterwardsAndAStandbyStaysOne(TestDatabase database, RedisServer redis)
            throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var run = new RunFixture(database, redis, "run_pause");
                var invalidator = run.supervisor(registry);
                var standby = run.supervisor(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
                var admin = AdminServer.start("127.0.0.1", 0, pages(invalidator, registry, Optional.of(TOKEN)))) {
            url = admin.url();
            invalidator.start();
            await().atMost(RunFixture.PATIENCE).until(() -> invalidator.status().state() == State.STREAMING);
            standby.start();
            await().atMost(RunFixture.PATIENCE).until(() -> standby.status().state() == State.STANDBY);

            assertThat(post("/pause", "Bearer of something else").statusCode()).isEqualTo(401);
            assertThat(post("/pause", "").statusCode()).isEqualTo(401);
            assertThat(post("/pause?for=25h", "Bearer " + TOKEN).statusCode()).isEqualTo(400);
            assertThat(get("/pause").statusCode()).isEqualTo(405);
            assertThat(invalidator.pause().isWanted()).isFalse();
            assertThat(post("/pause?for=2h", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
            await().atMost(RunFixture.PATIENCE).until(() -> invalidator.status().state() == State.PAUSED);

            String published = run.position("lsn");
            long lagging = invalidator.progress().lagBytes();
            run.cache(1);
            run.execute("INSERT INTO run_pause VALUES (1, 'x')");
            assertThat(get("/status").body()).contains("\"state\":\"paused\"", "pauseEndsInSeconds");
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            assertThat(get("/livez").statusCode()).isEqualTo(200);
            // It still looks at the slot, for longer than a standby takes to take over.
            await().atMost(RunFixture.PATIENCE)
                    .until(() -> invalidator.progress().lagBytes() > lagging);
            assertThat(standby.status().state()).isEqualTo(State.STANDBY);
            assertThat(run.redis().exists(run.key(1))).isOne();
            assertThat(run.position("lsn")).isEqualTo(published);
            String epoch = run.position("epoch");

            assertThat(post("/resume", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
            run.awaitGone(1);
            run.awaitPublished();
            assertThat(run.position("epoch")).as("nothing was purged").isEqualTo(epoch);
            await().atMost(RunFixture.PATIENCE).until(() -> invalidator.status().state() == State.STREAMING);
        }
    }

    @Test
    void withoutATokenNobodyMayCommand(TestDatabase database, RedisServer redis) throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var run = new RunFixture(database, redis, "run_silent_pause");
                var invalidator = run.supervisor(registry);
                var admin = AdminServer.start("127.0.0.1", 0, pages(invalidator, registry, Optional.empty()))) {
            url = admin.url();
            var refused = post("/pause", "Bearer ");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("FRESHET_ADMIN_TOKEN");
            assertThat(invalidator.pause().isWanted()).isFalse();
        }
    }

    private static Map<String, Page> pages(
            Invalidator invalidator, PrometheusMeterRegistry registry, Optional<String> token) {
        Map<String, Page> pages = new RunPages(invalidator, registry, "1").pages(true);
        pages.putAll(new RunActions(invalidator, "1", new AdminToken(() -> token.map(Secret::of))).pages());
        return pages;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String authorization) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + path)).POST(BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
