// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import dev.freshet.audit.AuditCounts.Unchecked;
import dev.freshet.audit.entry.CachedEntries;
import dev.freshet.audit.entry.CachedEntry;
import dev.freshet.audit.entry.EntryHeaders;
import dev.freshet.audit.history.History;
import dev.freshet.audit.history.HistoryFeed;
import dev.freshet.audit.history.HistorySource;
import dev.freshet.audit.rows.RowStates;
import dev.freshet.audit.rows.RowVersions;
import dev.freshet.audit.verdict.FirstCheck;
import dev.freshet.audit.verdict.Suspicion;
import dev.freshet.audit.verdict.UndecidedReason;
import dev.freshet.audit.verdict.VerdictRules;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Checks the entries of a live cache. If a changed row makes an entry suspicious, the entry is set aside until the
 * published position has passed the change. It is a violation only if it is still there and valid then. The number of
 * entries set aside is bounded. For one thread, but {@link #stop} may be called from any thread.
 */
public final class Auditor {
    private static final int MOST_IN_BATCH = 100;
    private static final int MOST_PENDING = 2_000;
    private static final int HISTORY = 100_000;
    private static final long POLL_MILLIS = 100;
    private static final long HISTORY_NANOS = 1_000_000_000L;

    private final CacheKeys keys;
    private final CachedEntries cache;
    private final RowVersions rows;
    private final AuditSettings settings;
    private final AuditListener listener;
    private final AuditCounts counts;
    private final HistoryFeed feed;
    private final FirstCheck firstCheck;
    private final Recheck recheck;
    private final EntryHeaders heads;
    private final RateLimit rateLimit;
    private final Deque<SuspiciousEntry> pending = new ArrayDeque<>();
    private final int batchSize;
    private final String namespace;
    private final String meaning;
    private final Coverage mapped;
    private Optional<Contract> contract = Optional.empty();
    private long historyAt;

    /**
     * Reads what it needs to know about the tables from the database.
     *
     * @param mapped the tags that changes purge under the mapping
     * @param history null if there is no history to ask
     */
    public Auditor(
            Mapping mapping,
            Coverage mapped,
            CachedEntries cache,
            RowVersions rows,
            HistorySource history,
            AuditSettings settings,
            AuditCounts counts,
            AuditListener listener) {
        this.keys = new CacheKeys(mapping.namespace());
        this.namespace = mapping.namespace();
        this.meaning = Meaning.of(mapping).hash();
        this.mapped = mapped;
        this.cache = cache;
        this.rows = rows;
        this.settings = settings;
        this.listener = listener;
        this.counts = counts;
        this.feed = new HistoryFeed(history, new History(HISTORY));
        this.firstCheck = new FirstCheck(mapping);
        this.heads = new EntryHeaders(cache);
        this.recheck = new Recheck(
                rows.systemIdentifier(),
                rows.database(),
                cache,
                feed,
                new VerdictRules(mapping, rows.alwaysStaleByUpdate()),
                heads,
                counts,
                listener);
        this.batchSize = Math.min(settings.rate(), MOST_IN_BATCH);
        this.rateLimit = new RateLimit(settings.rate());
        this.historyAt = System.nanoTime() - HISTORY_NANOS;
    }

    /**
     * Runs one round over all entries, or over a sample. Returns when everything that can be decided has been decided.
     */
    public void round() throws InterruptedException {
        contract = cache.contract();
        try {
            lookAtAll();
            while (!pending.isEmpty() && rateLimit.pause(POLL_MILLIS)) {
                decidePending();
            }
        } finally {
            pending.forEach(one -> counts.undecided(UndecidedReason.STOPPED));
            pending.clear();
        }
        listener.progress(counts);
    }

    private void lookAtAll() throws InterruptedException {
        if (settings.sample() > 0) {
            var sample = new Sample(settings.sample(), new Random());
            cache.scan(found -> {
                found.forEach(key -> EntryName.parse(keys, key).ifPresent(name -> sample.add(key)));
                return !rateLimit.isStopped();
            });
            check(sample.chosen());
        } else {
            cache.scan(this::check);
        }
    }

    /** What limits the meaning of the counts, as of the last round. */
    public Reservations reservations() {
        return Reservations.of(namespace, meaning, mapped, contract, counts);
    }

    /** Makes a round end soon. */
    public void stop() {
        rateLimit.stop();
    }

    /** Waits. Returns false if the audit was stopped. */
    public boolean pause(Duration time) throws InterruptedException {
        return rateLimit.pause(time.toMillis());
    }

    private boolean check(List<String> found) throws InterruptedException {
        for (int from = 0; from < found.size(); from += batchSize) {
            List<String> batch = found.subList(from, Math.min(found.size(), from + batchSize));
            if (!rateLimit.await(batch.size())) {
                return false;
            }
            look(batch);
            decidePending();
            while (pending.size() > MOST_PENDING - batchSize) {
                if (!rateLimit.pause(POLL_MILLIS)) {
                    return false;
                }
                decidePending();
            }
            listener.progress(counts);
        }
        return true;
    }

    private void look(List<String> batch) throws InterruptedException {
        List<CachedEntry> entries = read(batch);
        if (entries.isEmpty()) {
            return;
        }
        var questions = new FirstCheck.Questions();
        entries.forEach(entry -> firstCheck.ask(entry, questions));
        RowStates states = rows.read(questions.rows(), questions.lists());
        if (System.nanoTime() - historyAt >= HISTORY_NANOS) {
            feed.refresh();
            historyAt = System.nanoTime();
        }
        for (CachedEntry entry : entries) {
            look(entry, states);
        }
    }

    private void look(CachedEntry entry, RowStates states) {
        if (entry.snapshot().isAfter(states.next())) {
            counts.unchecked(Unchecked.OTHER_DATABASE);
            return;
        }
        counts.checked();
        var found = firstCheck.look(entry, states, feed.history());
        if (found.suspicions().isEmpty()) {
            found.doubts().stream().findFirst().ifPresentOrElse(counts::undecided, counts::right);
            return;
        }
        Lsn upTo = states.upTo();
        for (Suspicion suspicion : found.suspicions()) {
            for (var transaction : feed.history().evicted(entry, suspicion.tag())) {
                upTo = upTo.max(transaction.lsn());
            }
        }
        pending.add(new SuspiciousEntry(entry, found.suspicions(), states.before(), upTo, System.nanoTime()));
    }

    /** The entries of the batch that can be checked. The others are counted. */
    private List<CachedEntry> read(List<String> batch) throws InterruptedException {
        List<String> found = heads.read(batch);
        var entries = new ArrayList<CachedEntry>();
        for (int i = 0; i < batch.size(); i++) {
            String key = batch.get(i);
            Optional<EntryName> name = EntryName.parse(keys, key);
            if (name.isEmpty()) {
                counts.unchecked(Unchecked.NOT_AN_ENTRY);
                continue;
            }
            if (found.get(i).isEmpty()) {
                counts.gone();
                continue;
            }
            Optional<CachedEntry> entry = heads.parse(key, name.get(), found.get(i));
            if (entry.isEmpty()) {
                counts.unchecked(Unchecked.NOT_AN_ENTRY);
            } else if (!isCovered(entry.get())) {
                counts.unchecked(Unchecked.UNCOVERED);
            } else if (entry.get().snapshot() == null) {
                counts.unchecked(Unchecked.NO_SNAPSHOT);
            } else {
                entries.add(entry.get());
            }
        }
        return entries;
    }

    private boolean isCovered(CachedEntry entry) {
        Coverage coverage = contract.map(Contract::coverage).orElse(mapped);
        return entry.tags().stream()
                .allMatch(tag -> coverage.covers(entry.name().isolate(), new Tag(tag)));
    }

    /** Decides entries from the oldest on, up to the first that cannot be decided yet. */
    private void decidePending() throws InterruptedException {
        while (!pending.isEmpty()) {
            SuspiciousEntry first = pending.peekFirst();
            boolean patient =
                    System.nanoTime() - first.since() < settings.patience().toNanos();
            if (!recheck.decide(first, patient)) {
                return;
            }
            pending.removeFirst();
        }
    }
}
