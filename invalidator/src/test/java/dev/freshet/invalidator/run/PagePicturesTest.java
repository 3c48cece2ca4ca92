// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.browser.Browser;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.admin.AdminServer;
import dev.freshet.invalidator.admin.AdminToken;
import dev.freshet.invalidator.admin.RunPages;
import dev.freshet.invalidator.admin.page.OperatorPage;
import dev.freshet.invalidator.run.status.State;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of the page that the docs show: {@code -Dfreshet.pictures=FOLDER}. The example of the shop is at
 * work while they are taken, and {@code -Dfreshet.pictures.minutes} before, 16 if it is not set, so that the charts are full.
 */
@WithPostgres
@WithRedis
@EnabledIfSystemProperty(named = "freshet.pictures", matches = ".+")
class PagePicturesTest {
    private static final Path SHOP = Path.of("..", "examples", "shop");
    private static final List<String> CHANGES = List.of(
            "UPDATE product SET price_cents = price_cents + 10 WHERE id = 1",
            "UPDATE stock SET amount = amount - 1 WHERE product_id IN (1, 3)",
            "UPDATE category SET name = 'Literature ' || %d WHERE id = 1",
            "UPDATE product SET category_id = 3 - category_id WHERE id = 2",
            "INSERT INTO review VALUES (100 + %d, 3, 4, '')",
            "INSERT INTO cart_line VALUES (7, 1, 1) ON CONFLICT (customer_id, product_id) DO UPDATE SET amount = cart_line.amount + 1");
    private static final List<String> KEYS = List.of(
            "product:1",
            "product:2",
            "product:3",
            "category:1",
            "category:2",
            "category:1:products",
            "category:2:products",
            "cart:1",
            "cart:2",
            "cart:7");

    @Test
    void takesThem(TestDatabase database, RedisServer redis, @TempDir Path folder) throws Exception {
        Optional<Browser> browser = Browser.installed(folder);
        database.execute(Files.readString(SHOP.resolve("schema.sql")));
        for (String table : List.of("category", "product", "stock", "review", "cart_line")) {
            database.execute("ALTER TABLE " + table + " REPLICA IDENTITY FULL");
        }
        try (var run = new RunFixture(
                        database, redis.uri(), "shop", database.jdbcUrl(), Duration.ofSeconds(10), entities());
                Invalidator invalidator = run.another();
                var page = new OperatorPage(
                        invalidator, run.registry, Clock.systemUTC(), new AdminToken(Optional::empty))) {
            var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            var pages = new HashMap<>(new RunPages(invalidator, metrics, "0.1.0").pages(true));
            pages.putAll(page.pages());
            try (AdminServer admin = AdminServer.start("127.0.0.1", 0, pages)) {
                invalidator.start();
                await().atMost(RunFixture.PATIENCE)
                        .until(() -> invalidator.status().state() == State.STREAMING);
                var over = new AtomicBoolean();
                var working = CompletableFuture.runAsync(() -> work(run, over::get));
                try {
                    Thread.sleep(Duration.ofMinutes(Long.getLong("freshet.pictures.minutes", 16))
                            .toMillis());
                    take(browser.orElseThrow(), admin.url() + "/#product%3A1");
                } finally {
                    over.set(true);
                    working.join();
                }
            }
        }
    }

    private static String entities() throws IOException {
        String mapping = Files.readString(SHOP.resolve("mapping.yaml"));
        return mapping.substring(mapping.indexOf("entities:") + "entities:".length());
    }

    /** Busy and quiet times take turns. A fifth of what becomes stale is not in the cache. */
    private static void work(RunFixture run, BooleanSupplier over) {
        var random = new Random(1);
        try {
            for (int i = 1; !over.getAsBoolean(); i++) {
                KEYS.stream()
                        .filter(key -> random.nextInt(5) > 0)
                        .forEach(key -> run.redis().set(key, "cached"));
                run.execute(CHANGES.get(random.nextInt(CHANGES.size())).formatted(i));
                Thread.sleep(random.nextInt(50, i % 600 < 300 ? 200 : 1_500));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void take(Browser browser, String url) throws IOException, InterruptedException {
        Path pictures = Files.createDirectories(Path.of(System.getProperty("freshet.pictures")));
        browser.picture(url, pictures.resolve("page-light.png"), List.of("--window-size=1200,2100"));
        browser.picture(
                url, pictures.resolve("page-dark.png"), List.of("--window-size=1200,2100", "--force-dark-mode"));
        browser.picture(url, pictures.resolve("page-phone.png"), List.of("--window-size=500,3200"));
    }
}
