// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import dev.freshet.invalidator.run.Invalidator;
import dev.freshet.invalidator.run.status.RecentTransaction;
import dev.freshet.invalidator.run.status.RecentTransactions;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.invalidator.run.status.Status;
import dev.freshet.invalidator.run.stream.Heartbeat;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pages of a running invalidator. */
public final class RunPages {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
    /** Each waiting request occupies one of the server's threads for such pages. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final String VERBOSE = "verbose";
    private static final String MAX_LAG = "max_lag";
    /** Whether an instance that stands by counts as ready: for a platform that counts how many could evict. */
    private static final String STANDBY = "standby";

    private static final int USUAL = 100;
    private static final int MOST = 2_000;
    private static final int MOST_DETAILS = 10_000;

    private final Invalidator invalidator;
    private final PrometheusMeterRegistry registry;
    private final String version;

    public RunPages(Invalidator invalidator, PrometheusMeterRegistry registry, String version) {
        this.invalidator = invalidator;
        this.registry = registry;
        this.version = version;
    }

    /** @param recent whether to show the last transactions, with ids and names of keys */
    public Map<String, Page> pages(boolean recent) {
        Map<String, Page> pages = new HashMap<>();
        pages.put("/livez", query -> health(!invalidator.ended().isDone(), query.only(VERBOSE)));
        pages.put("/startupz", query -> health(hasStarted(), query.only(VERBOSE)));
        pages.put(
                "/readyz",
                query -> health(
                        isReady(query.only(VERBOSE, MAX_LAG, STANDBY).duration(MAX_LAG, LONGEST_SILENCE))
                                || query.has(STANDBY) && invalidator.status().state() == State.STANDBY,
                        query));
        pages.put("/metrics", query -> new Answer(200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
        pages.put("/status", query -> {
            query.only();
            return Answer.json(200, StatusJson.of(invalidator, version));
        });
        if (recent) {
            pages.put("/recent", new WaitingPage(this::recent));
        }
        return pages;
    }

    private boolean hasStarted() {
        State state = invalidator.status().state();
        return state != State.STARTING && state != State.FAILED && state != State.REFUSED && state != State.STOPPED;
    }

    /** A marker must have come back recently, as a running engine does not prove that the stream is alive. */
    private boolean isReady(Duration longestSilence) {
        return invalidator.status().state() == State.STREAMING
                && invalidator
                        .heartbeat()
                        .silence()
                        .filter(silence -> silence.compareTo(longestSilence) <= 0)
                        .isPresent();
    }

    private Answer health(boolean good, Query query) {
        String verdict = good ? "ok\n" : "not ok\n";
        return Answer.text(good ? 200 : 503, query.has(VERBOSE) ? verdict + details() : verdict);
    }

    private String details() {
        Status status = invalidator.status();
        Heartbeat heartbeat = invalidator.heartbeat();
        return "state: " + status + "\nsince: " + status.since() + "\nlast marker back: "
                + heartbeat.silence().map(s -> s.toMillis() + " ms ago").orElse("none yet") + "\nround trip: "
                + heartbeat.roundTrip().map(t -> t.toMillis() + " ms").orElse("unknown") + "\n";
    }

    private Answer recent(Query query) {
        query.only("limit", "details", "after", "wait");
        int limit = (int) Math.min(MOST, query.number("limit").orElse(USUAL));
        int details = (int) Math.min(MOST_DETAILS, query.number("details").orElse(RecentTransactions.DETAILS));
        var after = query.number("after");
        var transactions = after.isPresent()
                ? awaited(after.getAsLong(), limit, query.duration("wait", Duration.ZERO))
                : invalidator.recent().last(limit);
        return Answer.json(
                200,
                RecentJson.of(
                        transactions, after.orElse(0), invalidator.recent().newest(), details));
    }

    /** The transactions after that number. If there are none yet, waits for the next one. */
    private List<RecentTransaction> awaited(long after, int limit, Duration patience) {
        try {
            var bounded = patience.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : patience;
            return invalidator.recent().await(after, limit, bounded);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is being closed
            return List.of();
        }
    }
}
