// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.evict;

import dev.freshet.core.cache.EvictionReport;

/** Called after each step, for metrics. Called from one thread. */
public interface SinkListener {
    /** The cache has accepted these evictions. */
    void evicted(EvictionReport report);

    /** The whole namespace was evicted. */
    void purged(String why);
}
