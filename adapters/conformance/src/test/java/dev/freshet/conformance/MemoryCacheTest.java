// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.cache.Cache;

class MemoryCacheTest extends CacheConformance {
    private final MemoryStore store = new MemoryStore();
    private final Cache cache = new MemoryCache(store);
    private final Cache other = new MemoryCache(store);

    @Override
    protected Cache cache() {
        return cache;
    }

    @Override
    protected Cache other() {
        return other;
    }

    @Override
    protected void write(String key) {
        store.write(key);
    }

    @Override
    protected boolean has(String key) {
        return store.has(key);
    }
}
