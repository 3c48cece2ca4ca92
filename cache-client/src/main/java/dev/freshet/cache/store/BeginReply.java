// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

/**
 * The reply to {@code begin}: an entry, or the token for filling it.
 *
 * @param entry null if there is none
 * @param token null if there is an entry, if nothing may be stored, or if Redis was not asked or did not answer
 * @param refusal why this read gets no entry, whatever Redis holds; null if nothing is in the way
 * @param heard whether the reply came on the connection of the {@link BeginRequest}, so that Redis reports changes to
 *     the entry
 * @param lease which process loads the entry
 */
public record BeginReply(byte[] entry, FillToken token, Refusal refusal, boolean heard, Lease lease) {
    /** Redis was not asked, or did not answer. */
    public static final BeginReply WITHOUT_REDIS = new BeginReply(null, null, null, false, Lease.NONE);

    /** Who loads an entry that is not there, for all processes. */
    public enum Lease {
        /** Nobody for all: this read loads for itself. */
        NONE,
        /** This process. */
        OWN,
        /** Another one. There is no token then. */
        ELSEWHERE
    }

    /** Whether this process has the lease. */
    public boolean owns() {
        return lease == Lease.OWN;
    }

    /** Whether another process is loading the entry. */
    public boolean isLeased() {
        return lease == Lease.ELSEWHERE;
    }

    /** Whether the published position does not prove enough for this read. */
    public boolean behind() {
        return refusal != null && refusal.kind() == Refusal.Kind.BEHIND;
    }

    /** Whether nothing may be stored. */
    public boolean uncached() {
        return token == null && refusal != null;
    }

    /** The outcome of a fill if {@link #uncached() nothing may be stored}. */
    public FillOutcome refusedFill() {
        return FillOutcome.of(refusal.kind().name());
    }
}
