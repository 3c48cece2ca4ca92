// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/**
 * Redis' answer to "begin": an entry, or the token for filling it.
 *
 * @param entry null if there is none
 * @param token null if there is an entry, or nothing may be stored, or Redis was not asked or did not answer
 * @param hindrance why there is no entry for this read, whatever Redis holds; null if nothing is in the way
 * @param heard whether it came on the connection of the {@link BeginRequest}, so that its changes will be told
 */
record BeginReply(byte[] entry, Token token, Hindrance hindrance, boolean heard) {
    /** Nothing came from Redis. */
    static final BeginReply WITHOUT_REDIS = new BeginReply(null, null, null, false);

    /** Whether the published position is not enough for this read. */
    boolean behind() {
        return hindrance != null && hindrance.kind() == Hindrance.Kind.BEHIND;
    }

    /** Whether nothing may be stored. */
    boolean uncached() {
        return token == null && hindrance != null;
    }
}
