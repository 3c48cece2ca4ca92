// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import io.lettuce.core.api.StatefulRedisConnection;

/**
 * A {@code begin} request whose reply may be kept in memory.
 *
 * @param moment by the clock of the near cache, taken before anything else about this request was decided
 * @param connection on which Redis reports changes to the entry; null if there is none, and then the reply is not kept
 */
public record BeginRequest(EntryAddress entry, long moment, StatefulRedisConnection<String, byte[]> connection) {
    /** A request whose reply is not kept. */
    public static BeginRequest only(EntryAddress entry) {
        return new BeginRequest(entry, 0, null);
    }
}
