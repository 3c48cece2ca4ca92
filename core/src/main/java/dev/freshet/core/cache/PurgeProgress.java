// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

/** Receives the progress of a purge, in the thread that purges. */
@FunctionalInterface
public interface PurgeProgress {
    /**
     * Called after each step.
     *
     * @param fenceSets fence sets deleted so far: the first pass
     * @param keys entries, tag sets and named keys deleted so far: the second pass
     */
    void purged(long fenceSets, long keys);
}
