// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loader;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.test.FakeFreshet;
import java.util.List;
import java.util.Optional;

/** Runs one loader as a read of the cache does, over a fake. Used by one thread at a time. */
final class Loads<T, X extends Exception> implements AutoCloseable {
    private static final int LARGEST = 1 << 30;

    private final EntryKey<T> key;
    private final Loader<T, X> loader;
    private final FakeFreshet freshet;
    private final FreshetCache cache;

    Loads(Mapping mapping, EntryKey<T> key, Loader<T, X> loader) {
        this.key = key;
        this.loader = loader;
        freshet = FakeFreshet.of(mapping);
        cache = freshet.builder().maxValueBytes(LARGEST).build();
    }

    Outcome load() throws X {
        freshet.evictAll();
        var status = cache.get(key, loader).status();
        return freshet.entry(key)
                .map(entry -> new Outcome(entry.json(), entry.tags(), null))
                .orElseGet(() -> new Outcome(
                        Optional.empty(),
                        List.of(),
                        cache.uncached().orElse("its value is not stored: the read ended as " + status)));
    }

    @Override
    public void close() {
        cache.close();
        freshet.close();
    }
}
