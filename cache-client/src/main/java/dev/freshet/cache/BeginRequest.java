// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import io.lettuce.core.api.StatefulRedisConnection;

/**
 * One question to Redis, whose answer memory may keep.
 *
 * @param name of the entry
 * @param moment of {@link InvalidationClock}, before anything else about this question was settled
 * @param connection on which changes of the entry are told; null if there is none, and nothing is to be kept
 */
record BeginRequest(String name, long moment, StatefulRedisConnection<String, byte[]> connection) {
    /** One whose answer is not kept. */
    static BeginRequest only(String name) {
        return new BeginRequest(name, 0, null);
    }
}
