// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import io.lettuce.core.api.StatefulRedisConnection;

/**
 * A {@code begin} request whose reply may be kept in memory.
 *
 * @param name the key of the entry
 * @param moment of {@link InvalidationClock}, taken before anything else about this request was decided
 * @param connection on which Redis reports changes to the entry; null if there is none, and then the reply is not kept
 */
record BeginRequest(String name, long moment, StatefulRedisConnection<String, byte[]> connection) {
    /** A request whose reply is not kept. */
    static BeginRequest only(String name) {
        return new BeginRequest(name, 0, null);
    }
}
