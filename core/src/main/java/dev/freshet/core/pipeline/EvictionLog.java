// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.plan.Eviction;
import dev.freshet.protocol.Lsn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The most recent evictions by the commits that caused them, to repeat them on a Redis master that does not have all of
 * them. Bounded: the oldest are dropped first. Not thread-safe.
 */
public final class EvictionLog {
    private final int capacity;
    private final Deque<Past> past = new ArrayDeque<>();
    /** Evictions of the transaction that is still being read. */
    private List<Eviction> open = new ArrayList<>();

    private boolean openIsWhole = true;
    private Lsn from;
    private int size;

    /** @param lsn WAL position after the commit */
    private record Past(Lsn lsn, List<Eviction> evictions) {}

    /**
     * Creates an empty log.
     *
     * @param capacity how many evictions are kept at most
     * @param from everything after this WAL position will be added
     */
    public EvictionLog(int capacity, Lsn from) {
        this.capacity = capacity;
        this.from = from;
    }

    /** Adds an eviction of the transaction that is being read. */
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

    /** Ends the transaction with this commit. What is added from now on belongs to the next one. */
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

    /** Whether the log has every eviction for what was committed after this position and has been read. */
    boolean reachesBackTo(Lsn lsn) {
        return openIsWhole && !from.isAfter(lsn);
    }

    /** Every eviction for what was committed after this position, in order, then those of the open transaction. */
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
