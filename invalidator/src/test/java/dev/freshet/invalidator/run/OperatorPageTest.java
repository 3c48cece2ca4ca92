// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.browser.Browser;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.admin.AdminServer;
import dev.freshet.invalidator.admin.AdminToken;
import dev.freshet.invalidator.admin.Answer;
import dev.freshet.invalidator.admin.RunPages;
import dev.freshet.invalidator.admin.page.OperatorPage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithPostgres
@WithRedis
class OperatorPageTest {
    private final TestDatabase database;
    private final RedisServer redis;
    private final HttpClient http = HttpClient.newHttpClient();
    private RunFixture run;
    private Invalidator invalidator;
    private OperatorPage page;
    private AdminServer admin;

    OperatorPageTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @BeforeEach
    void serve() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        database.execute("DROP TABLE IF EXISTS run_page");
        run = new RunFixture(database, redis, "run_page");
        invalidator = run.supervisor(registry);
        page = new OperatorPage(invalidator, registry, Clock.systemUTC(), new AdminToken(Optional::empty));
        var pages = new HashMap<>(new RunPages(invalidator, registry, "1").pages(true));
        pages.putAll(page.pages());
        admin = AdminServer.start("127.0.0.1", 0, pages);
    }

    @AfterEach
    void close() {
        admin.close();
        page.close();
        invalidator.close();
        run.close();
    }

    @Test
    void loadsNothingFromElsewhereAndRunsNothingInline() throws Exception {
        for (String path : files()) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.body().replace("http://www.w3.org/2000/svg", ""))
                    .as(path)
                    .doesNotContain("http:", "https:", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(");
        }
        String html = get("/").body();
        assertThat(html)
                .contains("<html lang=\"en\">", "name=\"viewport\"")
                .doesNotContain("style=", "onclick", "<style", "javascript:")
                .doesNotContainPattern("<script(?! src=)");
    }

    /** Whoever cannot see it hears the same. */
    @Test
    void everyFieldHasALabelAndEverySectionAName() throws Exception {
        String html = get("/").body();
        var ids =
                Pattern.compile("<input id=\"(\\w+)\"").matcher(html).results().toList();
        assertThat(ids).isNotEmpty().allSatisfy(id -> assertThat(html).contains("<label for=\"" + id.group(1) + "\">"));
        var names = Pattern.compile("<section aria-labelledby=\"([\\w-]+)\">")
                .matcher(html)
                .results()
                .toList();
        assertThat(names).isNotEmpty().allSatisfy(id -> assertThat(html).contains(" id=\"" + id.group(1) + "\""));
        assertThat(html.split("<section").length - 1).isEqualTo(names.size());
        var script = new StringBuilder();
        for (String path : files()) {
            script.append(path.endsWith(".js") ? get(path).body() : "");
        }
        var used = Pattern.compile("\\b(?:at|set)\\('([\\w-]+)'")
                .matcher(script)
                .results()
                .toList();
        assertThat(used).isNotEmpty().allSatisfy(id -> assertThat(html).contains(" id=\"" + id.group(1) + "\""));
    }

    @Test
    void showsRatesTheBudgetOfWalAndTheMapping() throws Exception {
        invalidator.start();
        await().atMost(RunFixture.PATIENCE).until(() -> get("/readyz").statusCode() == 200);
        run.cache(1);
        run.execute("INSERT INTO run_page VALUES (1, 'secret')");
        run.awaitGone(1);
        await().atMost(RunFixture.PATIENCE).until(() -> {
            JsonNode samples = json("/page/history").path("samples");
            return samples.size() > 0
                    && samples.get(samples.size() - 1).path("transactions").asInt() == 1;
        });
        JsonNode history = json("/page/history");
        JsonNode last = history.path("samples").get(history.path("samples").size() - 1);
        assertThat(last.path("rows").asInt()).isEqualTo(1);
        assertThat(last.path("lag").isNumber()).isTrue();
        assertThat(history.path("current").path("transactions").asInt()).isEqualTo(1);
        assertThat(history.path("newest").asInt()).isEqualTo(1);
        assertThat(history.path("lastCommittedAt").asText()).startsWith("20");
        assertThat(history.path("heartbeatSeconds").asDouble()).isEqualTo(0.2);
        JsonNode minute = history.path("minute");
        assertThat(minute.path("transactions").asInt()).isEqualTo(1);
        assertThat(minute.path("tables").get(0).path("table").asText()).isEqualTo("public.run_page");
        assertThat(minute.path("tables").get(0).path("keys").asInt()).isEqualTo(1);
        assertThat(minute.path("tables").get(0).path("reasons").path("own").asInt())
                .isEqualTo(1);
        assertThat(history.path("wal").path("limited").asBoolean(true))
                .as("no limit is set")
                .isFalse();
        assertThat(history.path("wal").path("secondsUntilFull").isNull()).isTrue();
        assertThat(history.path("wal").path("current").asBoolean()).isTrue();
        JsonNode purge = history.path("purges").path("source-mended");
        assertThat(purge.path("count").asInt()).as(history.toString()).isEqualTo(1);
        assertThat(purge.path("lastAt").asText()).startsWith("20");
        JsonNode mapping = json("/page/mapping");
        assertThat(mapping.path("entities").get(0).path("table").asText()).isEqualTo("public.run_page");
        assertThat(mapping.path("entities").get(0).path("keys").get(0).asText()).isEqualTo("run-page:item:{id}");
        assertThat(history + " " + mapping).doesNotContain("secret");
    }

    /** A site whose name was made to resolve to this machine reads nothing. */
    @Test
    void aRequestForAnotherHostIsRefused() throws Exception {
        for (String path : List.of("/", "/page/history", "/page/mapping")) {
            assertThat(raw(path, "evil.example")).as(path).startsWith("HTTP/1.1 403");
            assertThat(raw(path, "localhost:8083")).as(path).startsWith("HTTP/1.1 200");
        }
    }

    /** In a real browser, where one is installed: the scripts run under the policy, and show what is. */
    @Test
    void aBrowserShowsTheState(@TempDir Path folder) throws Exception {
        Optional<Browser> browser = Browser.installed(folder);
        assumeTrue(browser.isPresent(), "no Chromium is installed: the page is not tried in a browser");
        invalidator.start();
        await().atMost(RunFixture.PATIENCE).until(() -> get("/readyz").statusCode() == 200);
        run.cache(1);
        run.execute("INSERT INTO run_page VALUES (1, 'secret')");
        run.awaitGone(1);
        String shown = browser.get().dom(admin.url() + "/");
        assertThat(shown)
                .contains("Up to date&nbsp;· 1&nbsp;warning.", "run-page:item:{id}", "public.run_page: 1&nbsp;create")
                .contains("Warning: no WAL limit", "1&nbsp;key stale: ", "Last transaction ")
                .doesNotContain("secret");
        assertThat(browser.get().dom(admin.url() + "/#run-page%3Aitem%3A1"))
                .contains(
                        "Evicted at",
                        "(bold: the changed row)",
                        "because this key is built from that row",
                        "<span class=\"path\"><strong>item</strong> → <code>run-page:item:{id}</code></span>");
        assertThat(browser.get().dom(admin.url() + "/#50%"))
                .as("a % that is no escape")
                .contains("<strong id=\"state-name\" role=\"status\" aria-live=\"polite\">Up to date")
                .contains("none of the last 1&nbsp;transaction made it stale by that name");
        for (List<String> looks : List.of(
                List.of("wide", "--window-size=1200,2000"),
                List.of("dark", "--window-size=1200,2000", "--force-dark-mode"),
                List.of("phone", "--window-size=500,3000"))) {
            Path picture = folder.resolve(looks.get(0) + ".png");
            browser.get().picture(admin.url() + "/", picture, looks.subList(1, looks.size()));
            assertThat(Files.size(picture)).isGreaterThan(10_000);
        }
    }

    /** What was shown as good before must not stay so. */
    @Test
    void aBrowserSaysSoWhenThePageCannotReadTheState(@TempDir Path folder) throws Exception {
        Optional<Browser> browser = Browser.installed(folder);
        assumeTrue(browser.isPresent(), "no Chromium is installed: the page is not tried in a browser");
        var broken = new HashMap<>(page.pages());
        broken.put("/page/history", query -> Answer.text(500, "broken"));
        try (var server = AdminServer.start("127.0.0.1", 0, broken)) {
            assertThat(browser.get().dom(server.url() + "/"))
                    .contains("Unknown: the page cannot read the state.", "/page/history answered 500: broken")
                    .contains("<p id=\"state\" class=\"bad\">", "⚠ unknown – Freshet");
        }
    }

    /** The page and all that it loads. */
    private List<String> files() throws Exception {
        var found = new ArrayList<String>(List.of("/", "/page.css", "/page.js"));
        for (int i = 0; i < found.size(); i++) {
            Pattern.compile("from '\\./([\\w-]+\\.js)'")
                    .matcher(get(found.get(i)).body())
                    .results()
                    .map(each -> "/" + each.group(1))
                    .filter(each -> !found.contains(each))
                    .forEach(found::add);
        }
        return found;
    }

    private String raw(String path, String host) throws IOException {
        URI url = URI.create(admin.url());
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(admin.url() + path)).build(), BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(get(path).body());
    }
}
