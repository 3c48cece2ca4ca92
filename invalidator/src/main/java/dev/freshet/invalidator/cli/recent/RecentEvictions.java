// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.recent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.support.config.ConfigException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Finds the last eviction of a key that a running invalidator remembers, on {@code /recent} of its admin port. */
public final class RecentEvictions {
    /** As many as the page gives. */
    private static final int DETAILS = 10_000;

    private static final int PAGE = 500;

    private final AdminPort admin;

    /** @throws ConfigException if it is no URL of an admin port */
    public RecentEvictions(String url) {
        admin = new AdminPort("FRESHET_ADMIN_URL", url);
    }

    /**
     * Reads all that the invalidator remembers.
     *
     * @throws IOException if the invalidator does not answer, or not as expected
     */
    public LastEviction of(Sought sought) throws IOException, InterruptedException {
        var found = new Found(sought);
        long after = 0;
        while (true) {
            JsonNode page = admin.get("/recent?after=" + after + "&limit=" + PAGE + "&details=" + DETAILS);
            JsonNode transactions = page.path("transactions");
            if (!transactions.isArray()) {
                throw new IOException(admin + "/recent does not list transactions");
            }
            if (transactions.isEmpty()) {
                return found.all();
            }
            try {
                transactions.forEach(found::look);
            } catch (DateTimeException e) {
                throw new IOException(admin + "/recent has a time that is none", e);
            }
            long next = page.path("next").asLong();
            if (next <= after) {
                throw new IOException(admin + "/recent does not get beyond transaction " + after);
            }
            after = next;
        }
    }

    private static final class Found {
        private final Sought sought;
        private long transactions;
        private Instant since;
        private boolean complete = true;
        private LastEviction.Told last;

        Found(Sought sought) {
            this.sought = sought;
        }

        void look(JsonNode transaction) {
            transactions++;
            Instant committed = Instant.parse(transaction.path("committedAt").asText());
            since = since == null ? committed : since;
            JsonNode evictions = transaction.path("evictions");
            complete &= evictions.size() == transaction.path("evictionCount").asLong();
            for (JsonNode eviction : evictions) {
                String kind = eviction.path("kind").asText();
                String name = eviction.path("name").asText();
                String isolate = eviction.path("isolate").textValue();
                if (sought.isEvictedBy(kind, name, isolate)) {
                    last = told(transaction, eviction, committed);
                }
            }
        }

        private static LastEviction.Told told(JsonNode transaction, JsonNode eviction, Instant committed) {
            var id = new LinkedHashMap<String, String>();
            eviction.path("id")
                    .properties()
                    .forEach(column -> id.put(column.getKey(), column.getValue().textValue()));
            return new LastEviction.Told(
                    eviction.path("kind").asText(),
                    eviction.path("name").asText(),
                    eviction.path("reason").asText(),
                    eviction.path("table").asText(),
                    eviction.path("operation").asText(),
                    id,
                    transaction.path("txId").asLong(),
                    transaction.path("position").asText(),
                    committed,
                    Instant.parse(transaction.path("evictedAt").asText()));
        }

        LastEviction all() {
            return new LastEviction(transactions, Optional.ofNullable(since), complete, Optional.ofNullable(last));
        }
    }

    @Override
    public String toString() {
        return admin.toString();
    }
}
