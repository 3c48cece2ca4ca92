// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Masters;

/** Messages that are written to the WAL, to see how far the stream has got. Thread-safe. */
public interface Markers {
    /** A marker has come out of the pipeline; everything before it is evicted. Markers of earlier runs are ignored. */
    void returned(String content);

    /**
     * The masters as they answered before the last marker that came back: everything committed by then is evicted. Null
     * if there is none.
     */
    Masters held();
}
