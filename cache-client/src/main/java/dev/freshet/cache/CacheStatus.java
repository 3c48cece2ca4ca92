// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/** How a read was answered. */
public enum CacheStatus {
    /** From Redis. */
    HIT,
    /** Loaded and stored. */
    MISS,
    /** Loaded, and not stored: it went stale while it was loaded, or is too large. Right for this caller. */
    REFUSED,
    /** Loaded because the position that is published in Redis does not prove the cache fresh enough for this read. */
    BEHIND,
    /** Loaded because the read asked for it, or Redis did not answer; or stored with an outcome that nobody knows. */
    BYPASS
}
