// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows the invalidator's {@code /recent}. Not thread-safe. */
public final class RecentFeed implements Evictions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI invalidator;
    private final Map<Long, Transaction> unclaimed = new HashMap<>();
    private long next;

    RecentFeed(HttpClient http, URI invalidator) {
        this.http = http;
        this.invalidator = invalidator;
    }

    /** Waits until they are reported as done. Returns the report. */
    @Override
    public Transaction await(long txId, String level) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var found = unclaimed.remove(txId);
            if (found != null) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                throw new QuickstartException("the invalidator has not processed transaction " + txId + " within "
                        + PATIENCE.toSeconds() + " s");
            }
            ask("&wait=1s").forEach(transaction -> unclaimed.put(transaction.txId(), transaction));
        }
    }

    /** Evictions are reported within milliseconds: the steps wait for their own. */
    @Override
    public void settle() {
        // nothing to wait for
    }

    /** The transactions reported since the last request. */
    public List<Transaction> poll() {
        return ask("");
    }

    private List<Transaction> ask(String more) {
        var request = HttpRequest.newBuilder(invalidator.resolve("/recent?limit=500&after=" + next + more))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new QuickstartException("the invalidator answered /recent with " + response.statusCode());
            }
            var body = JSON.readTree(response.body());
            next = body.path("next").asLong(next);
            var news = new ArrayList<Transaction>();
            body.path("transactions").forEach(transaction -> news.add(new Transaction(transaction)));
            return news;
        } catch (IOException e) {
            throw new QuickstartException("the invalidator did not answer /recent: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QuickstartException("interrupted", e);
        }
    }
}
