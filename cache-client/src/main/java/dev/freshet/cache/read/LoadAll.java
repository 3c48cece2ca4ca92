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
public interface LoadAll<X extends Exception> {
    /** A value for each of these entries, but those for which the loader gave none that can be used. */
    Map<EntryAddress, Fill> load(List<EntryAddress> entries) throws X;

    /** Why the last load gave no value for this entry. */
    RuntimeException failure(EntryAddress entry);
}
