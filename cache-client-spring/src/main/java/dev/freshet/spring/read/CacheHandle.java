// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.read;

import dev.freshet.cache.FreshetCache;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.cache.Cache;

/**
 * A Freshet cache as Spring names it. Annotated methods read through it another way. Evicting does nothing, as a commit does it;
 * what would store a value whose beginning nobody knows is refused.
 */
final class CacheHandle implements Cache {
    private final String name;
    private final FreshetCache cache;

    CacheHandle(String name, FreshetCache cache) {
        this.name = name;
        this.cache = cache;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object getNativeCache() {
        return cache;
    }

    @Override
    public ValueWrapper get(Object key) {
        throw refused("get");
    }

    @Override
    public <T> T get(Object key, Class<T> type) {
        throw refused("get");
    }

    @Override
    public <T> T get(Object key, Callable<T> loader) {
        throw refused("get");
    }

    @Override
    public CompletableFuture<?> retrieve(Object key) {
        throw refused("retrieve");
    }

    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        throw refused("retrieve");
    }

    @Override
    public void put(Object key, Object value) {
        throw refused("put");
    }

    @Override
    public ValueWrapper putIfAbsent(Object key, Object value) {
        throw refused("putIfAbsent");
    }

    /** Does nothing: the commit that made an entry stale evicts it. */
    @Override
    public void evict(Object key) {}

    /** Does nothing: the commits that made entries stale evict them. */
    @Override
    public void clear() {}

    private UnsupportedOperationException refused(String what) {
        return new UnsupportedOperationException(what + " of Freshet cache '" + name
                + "' is refused: a value needs a token that was taken before it was loaded, and the tags of"
                + " what it was computed from. Annotate a method with @Cacheable(\"" + name
                + "\"), in proxy mode, and call it through Spring; or inject FreshetCache and call get(key, loader)");
    }
}
