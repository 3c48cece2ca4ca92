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
import dev.freshet.invalidator.run.status.RecentTransaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The page at {@code /} for whoever operates an invalidator, and the data that it shows beyond those of {@code /status} and
 * {@code /recent}. Its files are in the jar. Takes a sample of the meters every few seconds. Thread-safe.
 */
public final class OperatorPage implements AutoCloseable {
    private static final String PURGES = "freshet.invalidator.purges";
    /** Where the page is shown, and what it imports. */
    private static final List<String> SCRIPTS = List.of(
            "page.js", "page-text.js", "page-state.js", "page-charts.js", "page-transactions.js", "page-mapping.js");

    private final Invalidator invalidator;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Door door;
    private final History history = new History();
    private final LastPurges lastPurges = new LastPurges();
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
        SCRIPTS.forEach(script -> pages.put("/" + script, file(script, "text/javascript; charset=utf-8")));
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
        History.Sample now = meters();
        history.add(now);
        lastPurges.seen(purges(), now.at());
    }

    private History.Sample meters() {
        Instant now = clock.instant();
        var point = invalidator.progress().last();
        return new History.Sample(
                now,
                point == null
                        ? Double.NaN
                        : Math.max(0, Duration.between(point.committedAt(), now).toNanos() / 1e9),
                sum("freshet.invalidator.transactions"),
                sum("freshet.invalidator.changes"),
                sum("freshet.evict.keys") + sum("freshet.evict.entries"),
                sum("freshet.evict.keys.absent"),
                invalidator.progress().wal().isCurrent()
                        ? invalidator.progress().lagBytes()
                        : Double.NaN);
    }

    private double sum(String counter) {
        return registry.find(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** All of it is of one moment, {@code now}; the samples are of the times before. */
    private String history() {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        History.Sample now = meters();
        List<RecentTransaction> recent = invalidator.recent().last(Integer.MAX_VALUE);
        page.put("now", now.at().toString());
        page.put(
                "heartbeatSeconds", invalidator.settings().timings().heartbeat().toNanos() / 1e9);
        ArrayNode samples = page.putArray("samples");
        history.samples().forEach(each -> samples.add(json(each)));
        page.set("current", json(now));
        page.set("minute", LastMinute.of(history.minuteBefore(now.at()).orElse(now), now, recent));
        page.put("newest", recent.isEmpty() ? 0 : recent.get(recent.size() - 1).number());
        if (!recent.isEmpty()) {
            page.put(
                    "lastCommittedAt",
                    recent.get(recent.size() - 1).committedAt().toString());
        }
        var wal = page.putObject("wal");
        var budget = invalidator.progress().wal();
        number(wal, "safeBytes", budget.safeBytes());
        number(wal, "secondsUntilFull", budget.secondsUntilFull());
        wal.put("limited", budget.isLimited().orElse(null));
        wal.put("current", budget.isCurrent());
        Map<String, Long> counts = purges();
        lastPurges.seen(counts, now.at());
        Map<String, Instant> times = lastPurges.times();
        ObjectNode purges = page.putObject("purges");
        counts.forEach((reason, count) -> purges.putObject(reason)
                .put("count", count)
                .put("lastAt", times.get(reason).toString()));
        return page.toString();
    }

    /** How often the namespace was purged since the start, by reason; only reasons for which it was. */
    private Map<String, Long> purges() {
        Map<String, Long> counts = new TreeMap<>();
        registry.find(PURGES).counters().forEach(counter -> {
            if (counter.count() > 0) {
                counts.put(counter.getId().getTag("reason"), (long) counter.count());
            }
        });
        return counts;
    }

    private static ObjectNode json(History.Sample sample) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("at", sample.at().toString());
        number(node, "lag", sample.lag());
        number(node, "transactions", sample.transactions());
        number(node, "rows", sample.rows());
        number(node, "present", sample.present());
        number(node, "absent", sample.absent());
        number(node, "lagBytes", sample.lagBytes());
        return node;
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
