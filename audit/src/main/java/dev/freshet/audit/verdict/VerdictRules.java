// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.verdict;

import dev.freshet.audit.entry.CachedEntry;
import dev.freshet.audit.history.History;
import dev.freshet.audit.history.PastTransaction;
import dev.freshet.audit.rows.RowVersions;
import dev.freshet.audit.verdict.Suspicion.Cause;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.protocol.Lsn;
import java.util.List;
import java.util.Set;

/**
 * Decides suspicions. A newer row version is proof only if such a write always purges the tag. An update that evicts
 * nothing still changes the row's xmin: it may change no column, or only columns that are ignored, not inherited or not
 * listed. The history tells what an update changed. Pure.
 */
public final class VerdictRules {
    private final Mapping mapping;
    private final Set<String> alwaysStaleByUpdate;

    /** @param alwaysStaleByUpdate names of entities, see {@link RowVersions#alwaysStaleByUpdate} */
    public VerdictRules(Mapping mapping, Set<String> alwaysStaleByUpdate) {
        this.mapping = mapping;
        this.alwaysStaleByUpdate = Set.copyOf(alwaysStaleByUpdate);
    }

    /**
     * Whether a suspicion against the first entry of a key also holds against its present entry.
     *
     * @param before WAL position taken before the rows were looked up
     */
    public boolean holds(Suspicion suspicion, CachedEntry first, CachedEntry now, Lsn before, History history) {
        if (now.snapshot() == null || !now.tags().contains(suspicion.tag())) {
            return false;
        }
        return switch (suspicion.cause()) {
            case CHANGED -> !now.snapshot().sees(suspicion.version().xid());
            case CHANGED_PERHAPS ->
                now.snapshot().mayHideItsTransaction(suspicion.version().xid())
                        || !now.snapshot().sees(suspicion.version().xid());
            // The row may exist again. Then only an entry loaded before the row was found missing is wrong.
            case GONE ->
                !now.absent()
                        && (first.trace().equals(now.trace())
                                || now.at() != null && now.at().isBefore(before));
            case EVICTED -> !history.evicted(now, suspicion.tag()).isEmpty();
        };
    }

    /**
     * Decides about an entry that is still there and listed by its tags, although the published position has passed.
     *
     * @param upTo WAL position that the published one has passed; the cause of the suspicion committed before it
     */
    public Verdict judge(Suspicion suspicion, CachedEntry entry, History history, Lsn upTo) {
        if (suspicion.cause() == Cause.EVICTED) {
            return byEviction(suspicion, entry, history, upTo);
        }
        if (suspicion.cause() == Cause.GONE) {
            return suspicion.purges()
                    ? Verdict.violation(suspicion.tell() + ", and the entry shows it")
                    : Verdict.open(UndecidedReason.ROW_MISSING);
        }
        List<PastTransaction> changes = history.changed(entry, suspicion.entity(), suspicion.id());
        if (!changes.isEmpty()) {
            return byHistory(suspicion, entry, changes, history, upTo);
        }
        if (suspicion.cause() == Cause.CHANGED_PERHAPS
                && history.knows(suspicion.version().xid())) {
            return Verdict.FINE;
        }
        if (!history.covers(entry, upTo)) {
            return withoutHistory(suspicion);
        }
        return history.isCut(entry) ? Verdict.open(UndecidedReason.HISTORY_CUT) : notDelivered(suspicion);
    }

    private static Verdict byEviction(Suspicion suspicion, CachedEntry entry, History history, Lsn upTo) {
        boolean passed = history.evicted(entry, suspicion.tag()).stream()
                .anyMatch(transaction -> !transaction.lsn().isAfter(upTo));
        return passed
                ? Verdict.violation(suspicion.tell() + ", and the entry is there")
                : Verdict.open(UndecidedReason.POSITION_BEHIND);
    }

    private Verdict byHistory(
            Suspicion suspicion, CachedEntry entry, List<PastTransaction> changes, History history, Lsn upTo) {
        if (!history.evicted(entry, suspicion.tag()).isEmpty()) {
            return byEviction(suspicion, entry, history, upTo);
        }
        if (changes.stream().anyMatch(transaction -> mustHaveEvicted(transaction, suspicion))) {
            return Verdict.violation(suspicion.tell() + ", which did not evict tag " + suspicion.tag());
        }
        return changes.stream().allMatch(PastTransaction::allEvictions)
                ? Verdict.FINE
                : Verdict.open(UndecidedReason.HISTORY_CUT);
    }

    /** True only if it is certain. If one row has several changes, a later one may have undone an earlier one. */
    private boolean mustHaveEvicted(PastTransaction transaction, Suspicion suspicion) {
        WatchedTag watched = WatchedTag.of(mapping, suspicion.tag()).orElse(null);
        if (watched == null || !transaction.allChanges() || !transaction.allEvictions()) {
            return false;
        }
        boolean listed = watched.child() != null && watched.child().equals(suspicion.entity());
        if (watched.kind() == WatchedTag.Kind.LIST && !listed) {
            return false;
        }
        List<PastTransaction.Change> ofRow = transaction.changes().stream()
                .filter(change -> change.isOf(
                        suspicion.entity().table(), suspicion.entity().id(), suspicion.id()))
                .toList();
        if (ofRow.size() != 1) {
            return false;
        }
        PastTransaction.Change change = ofRow.get(0);
        return change.operation().equals("create")
                || change.operation().equals("delete")
                || change.columns().stream().anyMatch(watched.columns()::contains);
    }

    private Verdict withoutHistory(Suspicion suspicion) {
        if (suspicion.cause() == Cause.CHANGED_PERHAPS) {
            return Verdict.open(UndecidedReason.SAVEPOINT);
        }
        boolean proof = suspicion.purges()
                && alwaysStaleByUpdate.contains(suspicion.entity().name());
        return proof ? byVersion(suspicion, "") : Verdict.open(UndecidedReason.NO_HISTORY);
    }

    private Verdict notDelivered(Suspicion suspicion) {
        if (suspicion.cause() == Cause.CHANGED_PERHAPS) {
            return Verdict.open(UndecidedReason.SAVEPOINT);
        }
        return suspicion.purges()
                ? byVersion(suspicion, ", which the invalidator never saw")
                : Verdict.open(UndecidedReason.NOT_DELIVERED);
    }

    private static Verdict byVersion(Suspicion suspicion, String more) {
        if (suspicion.version().withItsTable()) {
            return Verdict.open(UndecidedReason.TABLE_ALTERED);
        }
        return suspicion.version().certain()
                ? Verdict.violation(suspicion.tell() + ", which the entry does not show" + more)
                : Verdict.open(UndecidedReason.OLD_ROW);
    }
}
