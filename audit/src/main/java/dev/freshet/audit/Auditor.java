// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import dev.freshet.audit.AuditCounts.Unchecked;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import java.sql.SQLException;
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
    private final Suspicions suspicions;
    private final SecondLook secondLook;
    private final EntryHeaders heads;
    private final Pace pace;
    private final Deque<Pending> pending = new ArrayDeque<>();
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
            AuditListener listener)
            throws SQLException {
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
        this.suspicions = new Suspicions(mapping);
        this.heads = new EntryHeaders(cache);
        this.secondLook = new SecondLook(
                rows.systemIdentifier(),
                rows.database(),
                cache,
                feed,
                new Judge(mapping, rows.alwaysStaleByUpdate()),
                heads,
                counts,
                listener);
        this.batchSize = Math.min(settings.rate(), MOST_IN_BATCH);
        this.pace = new Pace(settings.rate());
        this.historyAt = System.nanoTime() - HISTORY_NANOS;
    }

    /**
     * Runs one round over all entries, or over a sample. Returns when everything that can be decided has been decided.
     */
    public void round() throws SQLException, InterruptedException {
        contract = cache.contract();
        try {
            lookAtAll();
            while (!pending.isEmpty() && pace.pause(POLL_MILLIS)) {
                decidePending();
            }
        } finally {
            pending.forEach(one -> counts.undecided(UndecidedReason.STOPPED));
            pending.clear();
        }
        listener.progress(counts);
    }

    private void lookAtAll() throws SQLException, InterruptedException {
        if (settings.sample() > 0) {
            var sample = new Sample(settings.sample(), new Random());
            cache.scan(found -> {
                found.forEach(key -> EntryName.parse(keys, key).ifPresent(name -> sample.add(key)));
                return !pace.isStopped();
            });
            check(sample.chosen());
        } else {
            var failure = new SQLException[1];
            cache.scan(found -> {
                try {
                    return check(found);
                } catch (SQLException e) {
                    failure[0] = e;
                    return false;
                }
            });
            if (failure[0] != null) {
                throw failure[0];
            }
        }
    }

    /** What limits the meaning of the counts, as of the last round. */
    public Reservations reservations() {
        return Reservations.of(namespace, meaning, mapped, contract, counts);
    }

    /** Makes a round end soon. */
    public void stop() {
        pace.stop();
    }

    /** Waits. Returns false if the audit was stopped. */
    public boolean pause(Duration time) throws InterruptedException {
        return pace.pause(time.toMillis());
    }

    private boolean check(List<String> found) throws SQLException, InterruptedException {
        for (int from = 0; from < found.size(); from += batchSize) {
            List<String> batch = found.subList(from, Math.min(found.size(), from + batchSize));
            if (!pace.await(batch.size())) {
                return false;
            }
            look(batch);
            decidePending();
            while (pending.size() > MOST_PENDING - batchSize) {
                if (!pace.pause(POLL_MILLIS)) {
                    return false;
                }
                decidePending();
            }
            listener.progress(counts);
        }
        return true;
    }

    private void look(List<String> batch) throws SQLException, InterruptedException {
        List<CachedEntry> entries = read(batch);
        if (entries.isEmpty()) {
            return;
        }
        var questions = new Suspicions.Questions();
        entries.forEach(entry -> suspicions.ask(entry, questions));
        Facts facts = rows.read(questions.rows, questions.lists);
        if (System.nanoTime() - historyAt >= HISTORY_NANOS) {
            feed.refresh();
            historyAt = System.nanoTime();
        }
        for (CachedEntry entry : entries) {
            look(entry, facts);
        }
    }

    private void look(CachedEntry entry, Facts facts) {
        if (entry.snapshot().isAfter(facts.next())) {
            counts.unchecked(Unchecked.OTHER_DATABASE);
            return;
        }
        counts.checked();
        var found = suspicions.look(entry, facts, feed.history());
        if (found.suspicions().isEmpty()) {
            found.doubts().stream().findFirst().ifPresentOrElse(counts::undecided, counts::right);
            return;
        }
        Lsn upTo = facts.upTo();
        for (Suspicion suspicion : found.suspicions()) {
            for (var transaction : feed.history().evicted(entry, suspicion.tag())) {
                upTo = upTo.max(transaction.lsn());
            }
        }
        pending.add(new Pending(entry, found.suspicions(), facts.before(), upTo, System.nanoTime()));
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
            Pending first = pending.peekFirst();
            boolean patient =
                    System.nanoTime() - first.since() < settings.patience().toNanos();
            if (!secondLook.decide(first, patient)) {
                return;
            }
            pending.removeFirst();
        }
    }
}
