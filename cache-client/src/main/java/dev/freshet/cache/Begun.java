// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/**
 * Redis' answer to "begin": an entry, or the token for filling it.
 *
 * @param entry null if there is none
 * @param token null if there is an entry, or Redis was not asked or did not answer
 * @param behind whether the published position is not enough for this read
 * @param heard whether it came on the connection of the {@link Asking}, so that its changes will be told
 */
record Begun(byte[] entry, Token token, boolean behind, boolean heard) {
    /** Nothing came from Redis. */
    static final Begun WITHOUT_REDIS = new Begun(null, null, false, false);
}
