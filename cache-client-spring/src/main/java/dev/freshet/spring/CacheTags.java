// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.protocol.Tag;
import dev.freshet.spring.load.Loading;
import java.util.List;

/** Adds tags of what a {@code @Cacheable} method has read to the value that it is computing. */
public final class CacheTags {
    private CacheTags() {}

    /**
     * Adds tags to the value that this thread is computing, see {@link dev.freshet.cache.view.TagOf}. Call it in the
     * method or in code that it calls, in the same thread. Does nothing if this thread computes no value for a cache.
     */
    public static void add(Tag... tags) {
        var loading = Loading.current();
        if (loading != null) {
            loading.add(List.of(tags));
        }
    }
}
