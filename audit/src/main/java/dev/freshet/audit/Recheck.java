// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import dev.freshet.audit.entry.CachedEntries;
import dev.freshet.audit.entry.CachedEntries.Published;
import dev.freshet.audit.entry.CachedEntry;
import dev.freshet.audit.entry.EntryHeaders;
import dev.freshet.audit.history.HistoryFeed;
import dev.freshet.audit.history.PastTransaction;
import dev.freshet.audit.verdict.Suspicion;
import dev.freshet.audit.verdict.UndecidedReason;
import dev.freshet.audit.verdict.Verdict;
import dev.freshet.audit.verdict.Verdict.Outcome;
import dev.freshet.audit.verdict.VerdictRules;
import dev.freshet.protocol.Lsn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks a suspicious entry again once the published position has passed the cause of the suspicion. Not thread-safe.
 */
final class Recheck {
    private static final int TOLD = 5;
    private static final int REMEMBERED = 1_000;

    private final String systemIdentifier;
    private final String database;
    private final CachedEntries cache;
    private final HistoryFeed feed;
    private final VerdictRules rules;
    private final EntryHeaders heads;
    private final AuditCounts counts;
    private final AuditListener listener;
    private final Map<String, String> told = new LinkedHashMap<>();

    /**
     * @param systemIdentifier of the cluster that positions must belong to
     * @param database the name of the database that positions must belong to
     */
    Recheck(
            String systemIdentifier,
            String database,
            CachedEntries cache,
            HistoryFeed feed,
            VerdictRules rules,
            EntryHeaders heads,
            AuditCounts counts,
            AuditListener listener) {
        this.systemIdentifier = systemIdentifier;
        this.database = database;
        this.cache = cache;
        this.feed = feed;
        this.rules = rules;
        this.heads = heads;
        this.counts = counts;
        this.listener = listener;
    }

    /**
     * Tries to decide. Returns false if the position or the history does not reach far enough yet.
     *
     * @param patient whether there is time left to wait for them
     */
    boolean decide(SuspiciousEntry pending, boolean patient) throws InterruptedException {
        CachedEntry entry = pending.entry();
        // Reads the position first: an entry is wrong only if it is there after the position has passed.
        Optional<Published> published = cache.position(entry.key())
                .filter(position -> position.systemIdentifier().equals(systemIdentifier)
                        && position.database().equals(database));
        if (published.isEmpty() || published.get().lsn().isBefore(pending.upTo())) {
            if (!patient) {
                counts.undecided(UndecidedReason.POSITION_BEHIND);
            }
            return !patient;
        }
        feed.reach(pending.upTo());
        boolean historyBehind = feed.answers() && feed.history().reached().isBefore(pending.upTo());
        Optional<CachedEntry> now = stillThere(pending);
        if (now.isPresent() && historyBehind && patient) {
            return false;
        }
        if (now.isEmpty()) {
            counts.falseAlarm();
        } else {
            decide(pending, now.get(), published.get().lsn());
        }
        return true;
    }

    /** The entry, if it is the same before and after its tags were read. Then the tags listed it while it was there. */
    private Optional<CachedEntry> stillThere(SuspiciousEntry pending) throws InterruptedException {
        CachedEntry entry = pending.entry();
        Optional<CachedEntry> now = heads.read(entry.key(), entry.name());
        if (now.isEmpty()
                || pending.suspicions().stream().noneMatch(suspicion -> holds(suspicion, pending, now.get()))) {
            return Optional.empty();
        }
        boolean listed =
                cache.isListed(entry.key(), entry.name().isolate(), now.get().tags());
        return listed
                        && heads.read(entry.key(), entry.name())
                                .filter(now.get()::isSameAs)
                                .isPresent()
                ? now
                : Optional.empty();
    }

    private boolean holds(Suspicion suspicion, SuspiciousEntry pending, CachedEntry now) {
        return rules.holds(suspicion, pending.entry(), now, pending.before(), feed.history());
    }

    private void decide(SuspiciousEntry pending, CachedEntry now, Lsn published) throws InterruptedException {
        var verdicts = new LinkedHashMap<Suspicion, Verdict>();
        for (Suspicion suspicion : pending.suspicions()) {
            if (holds(suspicion, pending, now)) {
                verdicts.put(suspicion, rules.judge(suspicion, now, feed.history(), published));
            }
        }
        var worst = Collections.max(
                verdicts.entrySet(), Comparator.comparing(one -> one.getValue().outcome()));
        Verdict verdict = worst.getValue();
        if (verdict.outcome() == Outcome.FINE) {
            counts.falseAlarm();
        } else if (verdict.outcome() == Outcome.UNDECIDED) {
            counts.undecided(verdict.doubt());
        } else {
            // Counted last, as the report reads from Redis, which may fail.
            if (!now.trace().equals(told.get(now.key()))) {
                listener.found(violation(worst.getKey(), verdict, now, published));
                remember(now);
            }
            counts.violation();
        }
    }

    private void remember(CachedEntry now) {
        told.put(now.key(), now.trace());
        if (told.size() > REMEMBERED) {
            told.remove(told.keySet().iterator().next());
        }
    }

    private Violation violation(Suspicion suspicion, Verdict verdict, CachedEntry now, Lsn published)
            throws InterruptedException {
        return new Violation(
                now.key(),
                suspicion.tag(),
                verdict.why(),
                now.tags(),
                now.at(),
                now.trace(),
                suspicion.version() == null ? 0 : suspicion.version().xid(),
                published,
                cache.traces(now.key(), now.name().isolate(), now.tags()),
                history(suspicion, now));
    }

    private List<PastTransaction> history(Suspicion suspicion, CachedEntry now) {
        var all = new ArrayList<PastTransaction>();
        Stream.concat(
                        feed.history().changed(now, suspicion.entity(), suspicion.id()).stream(),
                        feed.history().evicted(now, suspicion.tag()).stream())
                .distinct()
                .sorted(Comparator.comparingLong(PastTransaction::number))
                .forEach(all::add);
        return all.subList(Math.max(0, all.size() - TOLD), all.size());
    }
}
