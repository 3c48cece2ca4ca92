// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.protocol.Tag;
import dev.freshet.spring.load.Loading;
import java.util.List;

/** Adds tags to the value that a {@code @Cacheable} method is computing, from what it has read. */
public final class CacheTags {
    private CacheTags() {}

    /**
     * The value that this thread is computing is computed from these as well, see {@link dev.freshet.cache.view.TagOf}. To
     * be called in the method or in what it calls. Does nothing where no value is computed for a cache.
     */
    public static void add(Tag... tags) {
        var loading = Loading.current();
        if (loading != null) {
            loading.add(List.of(tags));
        }
    }
}
