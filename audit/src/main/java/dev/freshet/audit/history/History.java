// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.history;

import dev.freshet.audit.entry.CachedEntry;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.protocol.Lsn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the invalidator did recently. Memory is bounded: the oldest transactions are forgotten first. Not thread-safe.
 */
public final class History {
    private final int capacity;
    private final Deque<PastTransaction> transactions = new ArrayDeque<>();
    private final Map<PastTransaction.Purged, Deque<PastTransaction>> byTag = new HashMap<>();
    private final Map<PastTransaction.Purged, Deque<PastTransaction>> byGlob = new HashMap<>();
    private final RowIndex byRow = new RowIndex();
    private int size;
    private Lsn reached = Lsn.ZERO;

    /** @param capacity maximum number of changes and evictions that are remembered */
    public History(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds the next transaction. If its number does not follow the last one, there is another process or a gap, and the
     * history starts over.
     */
    public void add(PastTransaction transaction) {
        if (!transactions.isEmpty() && transaction.number() != last() + 1) {
            clear();
        }
        transactions.addLast(transaction);
        size += weight(transaction);
        for (var purged : transaction.evictions()) {
            index(purged).computeIfAbsent(purged, tag -> new ArrayDeque<>(1)).addLast(transaction);
        }
        byRow.add(transaction);
        while (size > capacity && transactions.size() > 1) {
            forget();
        }
    }

    /** Records that everything up to this WAL position has been added. */
    public void reached(Lsn lsn) {
        reached = lsn;
    }

    public Lsn reached() {
        return reached;
    }

    /** Forgets everything. */
    void clear() {
        transactions.clear();
        byTag.clear();
        byGlob.clear();
        byRow.clear();
        size = 0;
        reached = Lsn.ZERO;
    }

    /** Number of the last transaction; 0 if there is none. */
    long last() {
        return transactions.isEmpty() ? 0 : transactions.getLast().number();
    }

    /** Whether this transaction was the last to be added. */
    boolean endsWith(PastTransaction transaction) {
        return last() == transaction.number()
                && transactions.getLast().txId() == transaction.txId()
                && transactions.getLast().lsn().equals(transaction.lsn());
    }

    private void forget() {
        PastTransaction oldest = transactions.removeFirst();
        size -= weight(oldest);
        for (var purged : oldest.evictions()) {
            var of = index(purged).get(purged);
            of.removeFirst();
            if (of.isEmpty()) {
                index(purged).remove(purged);
            }
        }
        byRow.remove(oldest);
    }

    private Map<PastTransaction.Purged, Deque<PastTransaction>> index(PastTransaction.Purged purged) {
        return purged.glob() ? byGlob : byTag;
    }

    private static int weight(PastTransaction transaction) {
        return 1 + transaction.changes().size() + transaction.evictions().size();
    }

    /** Whether the history is complete from the load of the entry up to the position. */
    public boolean covers(CachedEntry entry, Lsn upTo) {
        return entry.at() != null
                && !transactions.isEmpty()
                && !transactions.getFirst().lsn().isAfter(entry.at())
                && !reached.isBefore(upTo);
    }

    /** Transactions that the entry's snapshot does not see and that evicted a tag of it, oldest first. */
    public List<PastTransaction> evicted(CachedEntry entry, String tag) {
        var found = new ArrayList<PastTransaction>();
        var named = new PastTransaction.Purged(entry.name().isolate().value(), tag, false);
        found.addAll(unseen(entry, byTag.get(named)));
        byGlob.forEach((purged, by) -> {
            if (matches(purged.name(), tag)) {
                found.addAll(unseen(entry, by));
            }
        });
        return found;
    }

    /** Transactions that the entry's snapshot does not see and that changed a row, oldest first. */
    public List<PastTransaction> changed(CachedEntry entry, EntityMapping entity, List<String> id) {
        return unseen(entry, byRow.of(entity.table(), entity.id(), id));
    }

    /** Whether the list of changes is incomplete for some transaction that the entry's snapshot does not see. */
    public boolean isCut(CachedEntry entry) {
        return unseen(entry, transactions).stream().anyMatch(transaction -> !transaction.allChanges());
    }

    /** Whether this 64-bit id is known to be that of a transaction, not of a savepoint. */
    public boolean knows(long xid) {
        return transactions.stream().anyMatch(transaction -> (int) transaction.txId() == (int) xid);
    }

    private static List<PastTransaction> unseen(CachedEntry entry, Collection<PastTransaction> all) {
        return all == null
                ? List.of()
                : all.stream()
                        .filter(transaction -> !entry.snapshot().seesShort(transaction.txId()))
                        .toList();
    }

    /** Matches as the invalidator's globs do: {@code *} is the only wildcard. */
    public static boolean matches(String glob, String tag) {
        if (glob.indexOf('*') < 0) {
            return glob.equals(tag);
        }
        return Pattern.matches(Pattern.quote(glob).replace("*", "\\E.*\\Q"), tag);
    }
}
