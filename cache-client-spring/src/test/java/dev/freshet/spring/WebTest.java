// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.WalPosition;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.spring.web.PositionInterceptor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Positions through HTTP, and what operators see, in a whole application. */
@WithRedis
@WithPostgres
@TestInstance(Lifecycle.PER_CLASS)
class WebTest {
    private static final String POSITION = "Freshet-Position";

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestDatabase database;
    private final RedisServer redis;
    private ConfigurableApplicationContext application;
    private URI root;

    WebTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableCaching
    @Import({Catalog.class, Loads.class, Shop.class})
    static class Application {}

    @RestController
    static class Shop {
        private final Catalog catalog;
        private final JdbcTemplate sql;
        private final RestClient.Builder client;

        Shop(Catalog catalog, JdbcTemplate sql, RestClient.Builder client, PositionInterceptor positions) {
            this.catalog = catalog;
            this.sql = sql;
            this.client = client.requestInterceptor(positions);
        }

        @GetMapping("/stock/{id}")
        int stock(@PathVariable("id") long id) {
            return catalog.stock(id);
        }

        /** Plain SQL outside of transactions, which no listener sees. */
        @PostMapping("/stock/{id}")
        void set(@PathVariable("id") long id, @RequestParam("to") int to) {
            sql.update("update product set stock = ? where id = ?", to, id);
        }

        /** Another service that writes, and reads through this one. */
        @PostMapping("/sell/{id}")
        int sell(@PathVariable("id") long id, @RequestParam("to") int to, @RequestParam("port") int port) {
            catalog.set(id, to);
            var answer = client.build()
                    .get()
                    .uri("http://localhost:" + port + "/stock/" + id)
                    .retrieve()
                    .body(Integer.class);
            return answer;
        }
    }

    @BeforeAll
    void startApplication() {
        application = new SpringApplicationBuilder(Application.class)
                .properties(Map.of(
                        "server.port", "0",
                        "spring.main.banner-mode", "off",
                        "spring.datasource.url", database.jdbcUrl(),
                        "spring.datasource.username", database.user(),
                        "spring.datasource.password", database.password(),
                        "freshet.redis.url", redis.uri(),
                        "freshet.namespace", "shop",
                        "freshet.command-timeout", "30s",
                        "management.endpoints.web.exposure.include", "health,freshet",
                        "management.endpoint.health.show-details", "always"))
                .run();
        root = URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
    }

    @BeforeEach
    void fill() {
        try (var raw = new RawRedis(redis.uri())) {
            raw.redis.flushall();
            Promise.give(raw, database);
        }
        database.execute("drop table if exists product");
        database.execute(Catalog.TABLE);
    }

    @AfterAll
    void stop() {
        application.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(root.resolve(path));
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(root.resolve(path))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** Nobody evicts here: what is cached stays old, and only a position makes the difference. */
    @Test
    void whoBringsThePositionOfAWriteReadsIt() throws Exception {
        assertThat(get("/stock/1").body()).isEqualTo("5");
        var written = post("/stock/1?to=4").headers().firstValue(POSITION).orElseThrow();
        assertThat(WalPosition.of(written).system()).isPresent();
        assertThat(get("/stock/1").body()).isEqualTo("5");
        var read = get("/stock/1", POSITION, written);
        assertThat(read.body()).isEqualTo("4");
        assertThat(WalPosition.of(read.headers().firstValue(POSITION).orElseThrow()))
                .isGreaterThanOrEqualTo(WalPosition.of(written));
        assertThat(get("/stock/1", "Freshet-Consistency", "strong").body()).isEqualTo("4");
    }

    @Test
    void aServiceThatWroteTellsTheNextOneWhere() throws Exception {
        get("/stock/1");
        assertThat(post("/sell/1?to=3&port=" + root.getPort()).body()).isEqualTo("3");
    }

    @Test
    void whatIsNoPositionIsRefusedWithWhatWasExpected() throws Exception {
        var refused = get("/stock/1", POSITION, "later\"");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(refused.body()).contains("0/1A2B3C4", "later\\\"");
        assertThat(get("/stock/1", POSITION, "0/1", "Freshet-Consistency", "eventual")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("/stock/1", POSITION, "0/1@1").body()).contains("another database cluster");
    }

    @Test
    void operatorsSeeHowReadsWereAnswered() throws Exception {
        get("/stock/1");
        get("/stock/1");
        assertThat(get("/actuator/freshet").body())
                .contains("\"ttl\":\"PT5M\"", "\"owner\":\"nobody\"", "category/product")
                .contains("Catalog.stock", "\"entity\":\"product\"", "eventual hit")
                .doesNotContain(redis.uri());
        assertThat(health()).contains("\"DEGRADED\"", "publishes no position");
        try (var raw = new RawRedis(redis.uri())) {
            raw.redis.hset("shop:~position", "lsn", "0/1A2B3C4");
        }
        assertThat(health()).contains("0/1A2B3C4").doesNotContain("DEGRADED");
    }

    /** Whether the cache can be used does not take the application down. */
    private String health() throws Exception {
        var health = get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        return health.body();
    }
}
