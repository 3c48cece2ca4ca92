// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.store.Fill;

/**
 * Computes a value, ready to be offered to Redis.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface Load<X extends Exception> {
    /** Never null. */
    Fill load() throws X;
}
