// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

/** Tells when the evictions of a change are done. Not thread-safe. */
public interface Evictions {
    /**
     * Waits until all evictions of a committed transaction are done.
     *
     * @param level of the contexts that it changed, such as {@code project}
     */
    Transaction await(long txId, String level);

    /** Waits until everything that was committed before is evicted. */
    void settle();
}
