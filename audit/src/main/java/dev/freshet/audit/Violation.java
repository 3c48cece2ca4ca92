// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import dev.freshet.audit.entry.CachedEntries;
import dev.freshet.audit.history.History;
import dev.freshet.audit.history.PastTransaction;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An entry that was in the cache and valid, although the published position had passed a change that it does not show.
 * Immutable. Holds no row values except ids, which appear in keys and tags.
 *
 * @param tag the tag that should have removed the entry
 * @param why the reason in words
 * @param at the entry's WAL position; null if it has none
 * @param snapshot the snapshot that the entry was loaded with
 * @param xid the transaction that wrote the current version of the row, 64 bits; 0 if there is none
 * @param published the published position when the entry was read
 * @param history what the invalidator did about it, oldest first; empty if nothing is known
 */
public record Violation(
        String key,
        String tag,
        String why,
        List<String> tags,
        Lsn at,
        String snapshot,
        long xid,
        Lsn published,
        CachedEntries.Traces traces,
        List<PastTransaction> history) {
    public Violation {
        tags = List.copyOf(tags);
        history = List.copyOf(history);
    }

    /** Whether a transaction of the history evicted the tag. */
    public boolean evictedBy(PastTransaction transaction) {
        return transaction.evictions().stream()
                .anyMatch(purged -> purged.glob()
                        ? History.matches(purged.name(), tag)
                        : purged.name().equals(tag));
    }

    /** As several lines of text. The first line is a summary. */
    public String tell() {
        var text = new StringBuilder("VIOLATION ").append(key).append(": ").append(why);
        line(text, "tags", String.join(" ", tags));
        line(text, "loaded", "at " + (at == null ? "an unknown position" : at) + ", snapshot " + snapshot);
        line(text, "published", published.toString());
        line(text, "time to live", traces.ttlMillis() < 0 ? "none" : traces.ttlMillis() + " ms");
        traces.fences()
                .forEach((fenced, micros) ->
                        line(text, "fence of " + fenced, Instant.EPOCH.plus(micros, ChronoUnit.MICROS) + " by Redis"));
        for (PastTransaction past : history) {
            line(
                    text,
                    "transaction " + past.txId(),
                    "up to " + past.lsn() + ", committed " + past.committedAt()
                            + (evictedBy(past) ? ", evicted the tag " : ", did not evict the tag, done ")
                            + past.evictedAt());
        }
        if (history.isEmpty()) {
            line(text, "history", "none");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("\n  ").append(name).append(": ").append(value);
    }
}
