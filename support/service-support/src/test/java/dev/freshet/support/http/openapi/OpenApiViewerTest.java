// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.browser.Browser;
import dev.freshet.support.config.secret.Secret;
import dev.freshet.support.http.HttpService;
import dev.freshet.support.http.HttpServiceConfig;
import dev.freshet.support.http.auth.Tokens;
import dev.freshet.support.http.operations.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiViewerTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");
    private static HttpService service;

    @BeforeAll
    static void start() {
        service = HttpService.start(new HttpServiceConfig(
                "test",
                "127.0.0.1",
                0,
                new Tokens(Secret.of("0123456789abcdef0123456789abcdef")),
                new ObjectMapper(),
                Metrics.registry(),
                List.of(),
                OpenApi.fromClasspath("/openapi/test.yaml"),
                routes -> routes.get("/v1/things/{id}", request -> request.result("a thing"))));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void theRootLeadsToThePageWhichLoadsNothingFromElsewhere() throws Exception {
        var root = get("/");
        assertThat(root.statusCode()).isEqualTo(302);
        assertThat(root.headers().firstValue("Location")).hasValue("/docs");
        var page = get("/docs");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'", "connect-src 'self'"));
        assertThat(page.body()).doesNotContain("://");
        var references = REFERENCE
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(references).hasSizeGreaterThan(3);
        for (String reference : references) {
            assertThat(get(reference).statusCode()).as(reference).isEqualTo(200);
        }
    }

    @Test
    void aBrowserShowsTheOperations(@TempDir Path folder) throws Exception {
        var browser = Browser.installed(folder);
        assumeTrue(browser.isPresent(), "no Chromium is installed: the page is not tried in a browser");
        assertThat(browser.get().dom(service.url() + "/docs"))
                .contains("/v1/things/{id}", "/readyz")
                .doesNotContain("Failed to load");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(service.url() + path)).build(), BodyHandlers.ofString());
    }
}
