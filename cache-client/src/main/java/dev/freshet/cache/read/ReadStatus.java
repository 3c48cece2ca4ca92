// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

/** How a read was answered. The names are those of the public {@code CacheStatus}, which says what they mean. */
public enum ReadStatus {
    HIT,
    NEAR,
    MEMORY,
    MISS,
    REFUSED,
    UNCOVERED,
    NO_INVALIDATOR,
    BEHIND,
    BYPASS,
    STALE
}
