// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.baseline;

import io.lettuce.core.RedisException;
import java.util.List;

/** A conventional cache, as a baseline. Thread-safe. All methods may throw {@link RedisException}. */
public interface PlainCache {
    /**
     * The cached value, or what a later {@link #set} needs.
     *
     * @param value null if nothing is cached
     */
    record Looked(byte[] value, String lease) {}

    Looked get(String key);

    /** Stores a value. Returns whether it was stored. */
    boolean set(String key, byte[] value, String lease);

    /** Removes keys that became stale. */
    void delete(List<String> keys);
}
