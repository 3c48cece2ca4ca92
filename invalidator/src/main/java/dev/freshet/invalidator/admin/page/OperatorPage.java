// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.invalidator.admin.AdminToken;
import dev.freshet.invalidator.admin.Answer;
import dev.freshet.invalidator.admin.Page;
import dev.freshet.invalidator.run.Invalidator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The page at {@code /} for whoever operates an invalidator, and the data that it shows beyond those of {@code /status} and
 * {@code /recent}. Its files are in the jar. Takes a sample of the meters every few seconds. Thread-safe.
 */
public final class OperatorPage implements AutoCloseable {
    private static final String PURGES = "freshet.invalidator.purges";

    private final Invalidator invalidator;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Door door;
    private final History history = new History();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "freshet-page");
        thread.setDaemon(true);
        return thread;
    });

    /** @param token who knows it may look, from anywhere; if none is set, callers on this machine may */
    public OperatorPage(Invalidator invalidator, MeterRegistry registry, Clock clock, AdminToken token) {
        this.invalidator = invalidator;
        this.registry = registry;
        this.clock = clock;
        this.door = new Door(token);
        timer.scheduleWithFixedDelay(this::sample, 0, History.APART.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** By path. */
    public Map<String, Page> pages() {
        Map<String, Page> pages = new HashMap<>();
        pages.put("/", file("page.html", "text/html; charset=utf-8"));
        pages.put("/page.css", file("page.css", "text/css; charset=utf-8"));
        pages.put("/page.js", file("page.js", "text/javascript; charset=utf-8"));
        pages.put(
                "/page/history",
                query -> door.refusal(query.only().caller()).orElseGet(() -> Answer.json(200, history())));
        pages.put(
                "/page/mapping",
                query -> door.refusal(query.only().caller())
                        .orElseGet(() -> Answer.json(
                                200, MappingGraph.of(invalidator.settings().mapping()))));
        return pages;
    }

    private Page file(String name, String type) {
        try (var in = OperatorPage.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return query -> door.refusalOfFiles(query.only().caller()).orElseGet(() -> new Answer(200, type, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sample() {
        Instant now = clock.instant();
        var point = invalidator.progress().last();
        history.add(new History.Sample(
                now,
                point == null
                        ? Double.NaN
                        : Math.max(0, Duration.between(point.committedAt(), now).toNanos() / 1e9),
                sum("freshet.invalidator.transactions"),
                sum("freshet.invalidator.changes"),
                sum("freshet.evict.keys") + sum("freshet.evict.entries"),
                sum("freshet.evict.keys.absent"),
                invalidator.progress().lagBytes()));
    }

    private double sum(String counter) {
        return registry.find(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private String history() {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("now", clock.instant().toString());
        ArrayNode samples = page.putArray("samples");
        for (History.Sample each : history.samples()) {
            ObjectNode node = samples.addObject().put("at", each.at().toString());
            number(node, "lag", each.lag());
            number(node, "transactions", each.transactions());
            number(node, "rows", each.rows());
            number(node, "present", each.present());
            number(node, "absent", each.absent());
            number(node, "lagBytes", each.lagBytes());
        }
        var wal = page.putObject("wal");
        var budget = invalidator.progress().wal();
        number(wal, "lagBytes", invalidator.progress().lagBytes());
        number(wal, "safeBytes", budget.safeBytes());
        number(wal, "secondsUntilFull", budget.secondsUntilFull());
        wal.put("limited", !Double.isInfinite(budget.safeBytes()));
        ObjectNode purges = page.putObject("purges");
        registry.find(PURGES).counters().forEach(counter -> {
            if (counter.count() > 0) {
                purges.put(counter.getId().getTag("reason"), (long) counter.count());
            }
        });
        return page.toString();
    }

    /** JSON knows neither NaN nor infinity. */
    private static void number(ObjectNode node, String name, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
