// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.transaction;

import dev.freshet.protocol.Lsn;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The ends of the transactions that were delivered and not yet acknowledged. Only these are acknowledged, so the slot
 * advances by whole transactions. Thread-safe; one thread takes.
 *
 * @param <T> what acknowledges a transaction
 */
public final class Ends<T> {
    private record End<T>(Lsn lsn, T what) {}

    private final Queue<End<T>> ends = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Lsn> released = new AtomicReference<>(Lsn.ZERO);

    /** A transaction ends here. Called in the order of the stream. */
    public void add(Lsn lsn, T what) {
        ends.add(new End<>(lsn, what));
    }

    /** Everything up to this position is done. */
    public void release(Lsn lsn) {
        released.accumulateAndGet(lsn, Lsn::max);
    }

    /** Takes the ends that were released, and returns the last of them; null if there is none. */
    public T takeReleased() {
        Lsn upTo = released.get();
        End<T> last = null;
        for (End<T> next = ends.peek(); next != null && !next.lsn().isAfter(upTo); next = ends.peek()) {
            last = ends.poll();
        }
        return last == null ? null : last.what();
    }
}
