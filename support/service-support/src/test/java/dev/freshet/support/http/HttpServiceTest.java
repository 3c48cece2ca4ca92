// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.secret.Secret;
import dev.freshet.support.http.auth.BearerAuth;
import dev.freshet.support.http.auth.Tokens;
import dev.freshet.support.http.openapi.OpenApi;
import dev.freshet.support.http.operations.Metrics;
import dev.freshet.support.http.operations.ReadinessCheck;
import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.problem.FieldError;
import dev.freshet.support.http.problem.Problem;
import dev.freshet.support.http.request.BodyLimit;
import io.javalin.config.RoutesConfig;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HttpServiceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Tokens TOKENS = new Tokens(Secret.of("0123456789abcdef0123456789abcdef"));
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final CountDownLatch ENTERED = new CountDownLatch(1);
    private static final CountDownLatch LEAVE = new CountDownLatch(1);
    private static volatile boolean databaseUp = true;
    private static HttpService service;

    @BeforeAll
    static void start() {
        service = start(List.of(
                ReadinessCheck.required(
                        "database", () -> databaseUp ? Optional.empty() : Optional.of("does not answer")),
                ReadinessCheck.optional("redis", () -> {
                    throw new IllegalStateException("secret address");
                })));
    }

    private static HttpService start(List<ReadinessCheck> readiness) {
        return start(readiness, 0);
    }

    private static HttpService start(List<ReadinessCheck> readiness, int port) {
        return HttpService.start(new HttpServiceConfig(
                "test",
                "127.0.0.1",
                port,
                TOKENS,
                JSON,
                Metrics.registry(),
                readiness,
                OpenApi.fromClasspath("/openapi/test.yaml"),
                HttpServiceTest::routes));
    }

    private static void routes(RoutesConfig routes) {
        routes.get("/v1/things/{id}", request -> request.result(BearerAuth.userOf(request)));
        routes.put("/v1/things/{id}", request -> request.result(Integer.toString(BodyLimit.read(request).length)));
        routes.put(
                "/v1/large",
                request -> request.result(Integer.toString(BodyLimit.read(request).length)),
                new BodyLimit(4 << 20));
        routes.get("/v1/fails", request -> {
            throw new IllegalStateException("password=hunter2");
        });
        routes.get("/v1/conflict", request -> {
            throw new ApiException(Problem.of(412, "conflict", "Version conflict", "version 4 stands")
                    .withErrors(List.of(new FieldError("If-Match", "is 3")))
                    .withFact("version", 4));
        });
        routes.get("/v1/slow", request -> {
            ENTERED.countDown();
            LEAVE.await();
            request.result("done");
        });
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void tellsTheUserOfAGoodToken() throws Exception {
        assertThat(get("/v1/things/1").body()).isEqualTo("ü:}😀");
    }

    @Test
    void asksForATokenWhereThereIsNone() throws Exception {
        var answer = send(HttpRequest.newBuilder(uri("/v1/things/1")));
        assertProblem(answer, 401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"freshet\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x.y.z", "Bearer a b", "bearer x"})
    void refusesATokenThatIsNotOurs(String authorization) throws Exception {
        var answer = send(HttpRequest.newBuilder(uri("/v1/things/1")).header("Authorization", authorization));
        assertProblem(answer, 401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("invalid_token");
    }

    @Test
    void asksForATokenOnHeadToo() throws Exception {
        var head = HttpRequest.newBuilder(uri("/v1/things/1")).method("HEAD", BodyPublishers.noBody());
        assertThat(send(head).statusCode()).isEqualTo(401);
    }

    @Test
    void aParameterThatIsMisspeltIsNotPassedOverInSilence() throws Exception {
        assertThat(get("/v1/things/1?limit=5").statusCode()).isEqualTo(200);
        var answer = get("/v1/things/1?limt=5");
        assertProblem(answer, 400);
        assertThat(answer.body()).contains("limt: is no parameter of this request; did you mean 'limit'?");
        assertThat(get("/metrics?name=x").statusCode()).isEqualTo(200);
    }

    @Test
    void answersHeadAsGet() throws Exception {
        var head = send(authorized("/v1/conflict").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(412);
    }

    @Test
    void namesAPortThatIsTaken() {
        int taken = URI.create(service.url()).getPort();
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try {
            assertThatThrownBy(() -> start(List.of(), taken))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("127.0.0.1:" + taken);
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains("Javalin"));
    }

    @Test
    void saysWhatDoesNotExist() throws Exception {
        var nothing = get("/v2/nothing");
        assertProblem(nothing, 404);
        assertThat(nothing.body()).contains("there is nothing at '/v2/nothing'", "GET /openapi tells");
        assertThat(get("/redyz").body()).contains("did you mean '/readyz'?");
    }

    @Test
    void saysWhichMethodsThereAre() throws Exception {
        var answer = send(authorized("/v1/things/1").DELETE());
        assertProblem(answer, 405);
        assertThat(answer.body()).contains("DELETE does nothing at '/v1/things/1'; expected one of");
        assertThat(answer.headers().firstValue("Allow").orElseThrow().split(", "))
                .containsExactlyInAnyOrder("GET", "HEAD", "PUT");
    }

    @Test
    void takesABodyOfTheLargestSize() throws Exception {
        var body = new byte[(int) BodyLimit.DEFAULT.bytes()];
        var answer = send(authorized("/v1/things/1").PUT(BodyPublishers.ofByteArray(body)));
        assertThat(answer.body()).isEqualTo("1114112");
    }

    @Test
    void takesMoreWhereTheRouteSaysSo() throws Exception {
        var body = new byte[4 << 20];
        assertThat(send(authorized("/v1/large").PUT(BodyPublishers.ofByteArray(body)))
                        .body())
                .isEqualTo("4194304");
        assertTooLarge("/v1/large", (4 << 20) + 1, 4 << 20);
    }

    /** Up to some megabytes past the limit: the client is still sending when we know. */
    @ParameterizedTest
    @ValueSource(ints = {1114113, 5 << 20, 30 << 20})
    void refusesALargerBodyAndTheClientGetsToKnow(int length) throws Exception {
        assertTooLarge("/v1/things/1", length, 1114112);
    }

    private static void assertTooLarge(String path, int length, int limit) throws Exception {
        var body = new byte[length];
        for (var publisher : List.of(
                BodyPublishers.ofByteArray(body),
                // Does not tell its length.
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
            var problem = assertProblem(send(authorized(path).PUT(publisher)), 413);
            assertThat(problem.path("limit").asInt()).isEqualTo(limit);
            assertThat(problem.at("/errors/0/field").asText()).isEqualTo("body");
            assertThat(problem.at("/errors/0/reason").asText()).contains(Integer.toString(limit));
        }
    }

    @Test
    void keepsTheReasonOfAFailureToItself() throws Exception {
        var answer = get("/v1/fails");
        var problem = assertProblem(answer, 500);
        assertThat(answer.body()).doesNotContain("hunter2").doesNotContain("IllegalState");
        assertThat(problem.path("incident").asText()).isNotEmpty();
    }

    @Test
    void showsErrorsAndFactsOfAProblem() throws Exception {
        var problem = assertProblem(get("/v1/conflict"), 412);
        assertThat(problem.path("type").asText()).isEqualTo("urn:freshet:problem:conflict");
        assertThat(problem.path("version").asInt()).isEqualTo(4);
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo("If-Match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/things/%", "/v1/things/..;/1"})
    void answersAPathThatJettyRefusesWithAProblem(String path) throws Exception {
        var answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").containsIgnoringCase("application/problem+json");
    }

    @Test
    void isAliveWithoutAToken() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri("/livez"))).statusCode()).isEqualTo(200);
    }

    @Test
    void isReadyWhenOnlyWhatItCanDoWithoutIsDown() throws Exception {
        var answer = send(HttpRequest.newBuilder(uri("/readyz?verbose")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()))
                .isEqualTo(JSON.readTree(
                        "{\"ready\":true,\"checks\":{\"database\":\"up\",\"redis\":\"degraded: failed\"}}"));
    }

    @Test
    void isNotReadyWithoutWhatItNeeds() {
        databaseUp = false;
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    send(HttpRequest.newBuilder(uri("/readyz"))).statusCode())
                            .isEqualTo(503));
        } finally {
            databaseUp = true;
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                send(HttpRequest.newBuilder(uri("/readyz"))).statusCode())
                        .isEqualTo(200));
    }

    @Test
    void countsRequestsByRouteAndNotByPath() throws Exception {
        get("/v1/things/4711");
        send(authorized("/v1/things/1").method("BREW", BodyPublishers.noBody()));
        await().atMost(PATIENCE).untilAsserted(() -> {
            var metrics = send(HttpRequest.newBuilder(uri("/metrics"))).body();
            assertThat(metrics)
                    .contains("freshet_http_requests_seconds_count{method=\"GET\",route=\"/v1/things/{id}\"")
                    .contains("jvm_memory_used_bytes")
                    .contains("method=\"OTHER\"")
                    .doesNotContain("BREW")
                    .doesNotContain("4711");
        });
    }

    @Test
    void showsItsOpenApiDocumentAndHasExactlyItsRoutes() throws Exception {
        var answer = send(HttpRequest.newBuilder(uri("/openapi")));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/yaml");
        assertThat(answer.body()).contains("/v1/things/{id}:");
        assertThat(service.operations())
                .isEqualTo(OpenApi.fromClasspath("/openapi/test.yaml").operations());
    }

    @Test
    void sendsHeadersThatKeepBrowsersOut() throws Exception {
        var headers = get("/v1/things/1").headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(headers.firstValue("Content-Security-Policy")).isPresent();
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    @Test
    void finishesTheRequestsInFlightBeforeItStops() throws Exception {
        var second = start(List.of());
        var request = HttpRequest.newBuilder(URI.create(second.url() + "/v1/slow"))
                .header("Authorization", "Bearer " + TOKENS.issue("u1", Duration.ofMinutes(1)))
                .build();
        var answer = HTTP.sendAsync(request, BodyHandlers.ofString());
        ENTERED.await();
        var closing = new Thread(second::close);
        closing.start();
        await().atMost(PATIENCE).until(() -> refusesConnections(second));
        LEAVE.countDown();
        assertThat(answer.get().body()).isEqualTo("done");
        closing.join();
    }

    private static boolean refusesConnections(HttpService of) {
        var address = URI.create(of.url());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            return !socket.isConnected();
        } catch (java.io.IOException refused) {
            return true;
        }
    }

    private static JsonNode assertProblem(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        var problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        return problem;
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(authorized(path));
    }

    private static HttpRequest.Builder authorized(String path) {
        var token = TOKENS.issue("ü:}😀", Duration.ofMinutes(1));
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create(service.url() + path);
    }

    private static String raw(String request) throws Exception {
        var address = URI.create(service.url());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
