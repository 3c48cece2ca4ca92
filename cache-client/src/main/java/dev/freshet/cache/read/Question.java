// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.BeginRequest;
import dev.freshet.cache.store.EntryAddress;

/**
 * That Redis was asked for an entry, and what it replied. Must be closed when the read needs its lease no more.
 *
 * @param asked ticket drawn before Redis was asked
 * @param moment before Redis was asked, by {@link dev.freshet.cache.kept.KeptValues#now()}
 * @param begun {@link BeginReply#WITHOUT_REDIS} if it was not asked, or did not answer
 * @param lease {@link Lease#NONE} if none was asked for
 */
record Question(long asked, long moment, BeginRequest asking, BeginReply begun, Lease lease) implements AutoCloseable {
    EntryAddress entry() {
        return asking.entry();
    }

    /** Whether an entry came back that is fresh enough. */
    boolean isHit() {
        return begun.entry() != null;
    }

    @Override
    public void close() {
        lease.close();
    }
}
