// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.plan.Eviction;
import dev.freshet.protocol.Lsn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last evictions by the commits that caused them, for a master of Redis that has not got them all. Bounded: the oldest
 * are forgotten first. Not thread-safe.
 */
final class EvictionLog {
    private final int capacity;
    private final Deque<Past> past = new ArrayDeque<>();
    /** Of the transaction that has not been read to its end. */
    private List<Eviction> open = new ArrayList<>();

    private boolean openIsWhole = true;
    private Lsn from;
    private int size;

    /** @param lsn WAL position behind the commit */
    private record Past(Lsn lsn, List<Eviction> evictions) {}

    /**
     * Starts with nothing.
     *
     * @param capacity how many evictions are remembered at most
     * @param from everything after this WAL position will come
     */
    EvictionLog(int capacity, Lsn from) {
        this.capacity = capacity;
        this.from = from;
    }

    /** One more of the transaction that is being read. */
    void add(Eviction eviction) {
        if (!openIsWhole) {
            return;
        }
        open.add(eviction);
        size++;
        while (size > capacity && !past.isEmpty()) {
            forget();
        }
        if (size > capacity) {
            openIsWhole = false;
            open = new ArrayList<>();
            size = 0;
        }
    }

    /** The transaction ends with this commit. What is added from now on is of the next one. */
    void committed(Lsn lsn) {
        if (!openIsWhole) {
            openIsWhole = true;
            from = lsn;
        } else if (!open.isEmpty()) {
            past.addLast(new Past(lsn, open));
            open = new ArrayList<>();
        }
    }

    private void forget() {
        Past oldest = past.removeFirst();
        size -= oldest.evictions().size();
        from = oldest.lsn();
    }

    /** Whether every eviction for what was committed after this position is remembered, as far as it was read. */
    boolean reachesBackTo(Lsn lsn) {
        return openIsWhole && !from.isAfter(lsn);
    }

    /** Every eviction for what was committed after this position, in order, and those of the open transaction. */
    List<Eviction> after(Lsn lsn) {
        if (!reachesBackTo(lsn)) {
            throw new IllegalStateException("not all evictions after " + lsn + " are remembered");
        }
        var all = new ArrayList<Eviction>();
        past.stream().filter(one -> one.lsn().isAfter(lsn)).forEach(one -> all.addAll(one.evictions()));
        all.addAll(open);
        return all;
    }
}
