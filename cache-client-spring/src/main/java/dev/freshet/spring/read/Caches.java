// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.read;

import dev.freshet.cache.FreshetCache;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/** The Freshet caches of an application, by name. There is one for each name that a method gives. Thread-safe. */
public final class Caches implements CacheManager {
    private final FreshetCache cache;
    private final ConcurrentHashMap<String, Cache> byName = new ConcurrentHashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    public Caches(FreshetCache cache) {
        this.cache = cache;
    }

    @Override
    public Cache getCache(String name) {
        return byName.computeIfAbsent(name, one -> new CacheHandle(one, cache));
    }

    @Override
    public Collection<String> getCacheNames() {
        return new TreeSet<>(used);
    }

    void uses(String name) {
        used.add(name);
    }
}
