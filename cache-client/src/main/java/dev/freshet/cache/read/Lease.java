// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.RedisUnavailable;
import java.util.concurrent.CompletionStage;

/**
 * What one question to Redis has to do with the lease of its entry: from before it is sent until nothing needs the lease any
 * more, neither the read that asked, nor a load that it shares, nor a reply that is still under way. It is given back then if
 * Redis gave it, or may have given it. Thread-safe.
 */
final class Lease implements AutoCloseable {
    /** Of a question that takes none. */
    static final Lease NONE = new Lease(null, null);

    private final Leases leases;
    private final EntryAddress entry;
    /** The read, and whatever else needs it. */
    private int needs = 1;

    private boolean closed;
    private boolean taken;

    Lease(Leases leases, EntryAddress entry) {
        this.leases = leases;
        this.entry = entry;
    }

    /** Redis is asked for it. A reply that comes late counts, too; and if none comes, Redis may have given it. */
    void asked(CompletionStage<BeginReply> reply) {
        if (leases == null) {
            return;
        }
        need();
        reply.whenComplete((begun, failure) -> {
            if (failure == null ? begun.owns() : RedisUnavailable.mayBeDone(failure)) {
                take();
            }
            needNoMore();
        });
    }

    /** It is needed until then, also if the read that asked has ended. */
    void neededUntil(CompletionStage<?> end) {
        if (leases != null) {
            need();
            end.whenComplete((done, failure) -> needNoMore());
        }
    }

    /** A fill that was stored has ended it. */
    synchronized void filled() {
        taken = false;
    }

    /** The read that asked does not need it any more. Harmless if repeated. */
    @Override
    public void close() {
        synchronized (this) {
            if (leases == null || closed) {
                return;
            }
            closed = true;
        }
        needNoMore();
    }

    private synchronized void take() {
        taken = true;
    }

    private synchronized void need() {
        needs++;
    }

    private void needNoMore() {
        boolean give;
        synchronized (this) {
            needs--;
            if (needs > 0) {
                return;
            }
            give = taken;
        }
        leases.ended(entry, give);
    }
}
