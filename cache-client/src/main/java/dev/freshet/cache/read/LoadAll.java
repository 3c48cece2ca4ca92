// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.Fill;
import java.util.List;
import java.util.Map;

/**
 * Computes several values at once, ready to be offered to Redis.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface LoadAll<X extends Exception> {
    /** A value for each of these entries. */
    Map<EntryAddress, Fill> load(List<EntryAddress> entries) throws X;
}
