// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

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

/** What the invalidator did lately, in bounded memory: the oldest is forgotten first. Not thread-safe. */
final class History {
    private final int capacity;
    private final Deque<PastTransaction> transactions = new ArrayDeque<>();
    private final Map<PastTransaction.Purged, Deque<PastTransaction>> byTag = new HashMap<>();
    private final Map<PastTransaction.Purged, Deque<PastTransaction>> byGlob = new HashMap<>();
    private final Rows byRow = new Rows();
    private int size;
    private Lsn reached = Lsn.ZERO;

    /** @param capacity most changes and evictions that are remembered */
    History(int capacity) {
        this.capacity = capacity;
    }

    /** Takes what came next. A number that does not follow means another process, or a hole: begins anew. */
    void add(PastTransaction transaction) {
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

    /** Everything up to this WAL position has been added. */
    void reached(Lsn lsn) {
        reached = lsn;
    }

    Lsn reached() {
        return reached;
    }

    /** Knows nothing. */
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

    /** Whether this is the last one that was added. */
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

    /** Whether it has everything from the load of an entry up to a position. */
    boolean covers(CachedEntry entry, Lsn upTo) {
        return entry.at() != null
                && !transactions.isEmpty()
                && !transactions.getFirst().lsn().isAfter(entry.at())
                && !reached.isBefore(upTo);
    }

    /** Transactions that the entry's snapshot does not see and that evicted a tag of it, oldest first. */
    List<PastTransaction> evicted(CachedEntry entry, String tag) {
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
    List<PastTransaction> changed(CachedEntry entry, EntityMapping entity, List<String> id) {
        return unseen(entry, byRow.of(entity.table(), entity.id(), id));
    }

    /** Whether there is a transaction that the entry's snapshot does not see and of which not all changes are known. */
    boolean isCut(CachedEntry entry) {
        return unseen(entry, transactions).stream().anyMatch(transaction -> !transaction.allChanges());
    }

    /** Whether this id, of 64 bits, is a transaction's, and no savepoint's. */
    boolean knows(long xid) {
        return transactions.stream().anyMatch(transaction -> (int) transaction.txId() == (int) xid);
    }

    private static List<PastTransaction> unseen(CachedEntry entry, Collection<PastTransaction> all) {
        return all == null
                ? List.of()
                : all.stream()
                        .filter(transaction -> !entry.snapshot().seesShort(transaction.txId()))
                        .toList();
    }

    /** As the invalidator's globs are: {@code *} and nothing else. */
    static boolean matches(String glob, String tag) {
        if (glob.indexOf('*') < 0) {
            return glob.equals(tag);
        }
        return Pattern.matches(Pattern.quote(glob).replace("*", "\\E.*\\Q"), tag);
    }
}
