// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/**
 * The reply to {@code begin}: an entry, or the token for filling it.
 *
 * @param entry null if there is none
 * @param token null if there is an entry, if nothing may be stored, or if Redis was not asked or did not answer
 * @param hindrance why this read gets no entry, whatever Redis holds; null if nothing is in the way
 * @param heard whether the reply came on the connection of the {@link BeginRequest}, so that Redis reports changes to
 *     the entry
 */
record BeginReply(byte[] entry, Token token, Hindrance hindrance, boolean heard) {
    /** Redis was not asked, or did not answer. */
    static final BeginReply WITHOUT_REDIS = new BeginReply(null, null, null, false);

    /** Whether the published position does not prove enough for this read. */
    boolean behind() {
        return hindrance != null && hindrance.kind() == Hindrance.Kind.BEHIND;
    }

    /** Whether nothing may be stored. */
    boolean uncached() {
        return token == null && hindrance != null;
    }
}
