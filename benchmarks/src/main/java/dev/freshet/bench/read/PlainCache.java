// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import io.lettuce.core.RedisException;
import java.util.List;

/** A cache of the usual kind: what it is compared with. Thread-safe. All may throw {@link RedisException}. */
interface PlainCache {
    /**
     * What is cached, or what a later {@link #set} needs.
     *
     * @param value null if nothing is cached
     */
    record Looked(byte[] value, String lease) {}

    Looked get(String key);

    /** Stores a value; answers whether it did. */
    boolean set(String key, byte[] value, String lease);

    /** Removes what was made stale. */
    void delete(List<String> keys);
}
