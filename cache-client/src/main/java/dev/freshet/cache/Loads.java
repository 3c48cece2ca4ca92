// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.read.Load;
import dev.freshet.cache.read.LoadAll;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.Fill;
import dev.freshet.cache.view.EntryKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loads of one read of several keys. Used by one thread at a time. */
final class Loads<T, X extends Exception> implements LoadAll<X> {
    private final Loader.OfMany<T, X> loader;
    private final Map<EntryAddress, One<T, X>> loads = new LinkedHashMap<>();
    private final Map<EntryAddress, RuntimeException> unusable = new HashMap<>();

    Loads(Loader.OfMany<T, X> loader) {
        this.loader = loader;
    }

    /** Loads one of the keys alone. */
    static <T, X extends Exception> Loader<T, X> one(EntryKey<T> key, Loader.OfMany<T, X> loader) {
        return () -> of(key, loader.load(List.of(key)));
    }

    void add(One<T, X> one) {
        loads.put(one.entry, one);
    }

    Collection<EntryAddress> entries() {
        return loads.keySet();
    }

    Collection<One<T, X>> all() {
        return loads.values();
    }

    @Override
    public Map<EntryAddress, Fill> load(List<EntryAddress> entries) throws X {
        var loaded =
                loader.load(entries.stream().map(entry -> loads.get(entry).key).toList());
        var fills = new HashMap<EntryAddress, Fill>();
        for (var entry : entries) {
            var load = loads.get(entry);
            try {
                fills.put(entry, load.took(of(load.key, loaded)));
            } catch (RuntimeException e) {
                unusable.put(entry, e);
            }
        }
        return fills;
    }

    @Override
    public RuntimeException failure(EntryAddress entry) {
        return unusable.get(entry);
    }

    private static <T> Loaded<T> of(EntryKey<T> key, Map<EntryKey<T>, Loaded<T>> loaded) {
        var one = loaded == null ? null : loaded.get(key);
        if (one == null) {
            throw new NullPointerException("the loader of many answered nothing for " + key
                    + "; expected a value for each key, and Loaded.absent for what does not exist");
        }
        return one;
    }

    /**
     * The load of one read. Keeps the object for the caller whose loader made it: all others read what was written, so that
     * no two share one. Used by one thread at a time.
     */
    static final class One<T, X extends Exception> implements Load<X> {
        final EntryKey<T> key;
        final EntryAddress entry;
        private final Loader<T, X> loader;
        private T value;
        private byte[] json;

        One(EntryKey<T> key, EntryAddress entry, Loader<T, X> loader) {
            this.key = key;
            this.entry = entry;
            this.loader = loader;
        }

        @Override
        public Fill load() throws X {
            return took(load(key, loader));
        }

        /** Keeps what was loaded, and returns what is offered to Redis. */
        Fill took(Loaded<T> loaded) {
            var fill = loaded.encoded(key);
            value = loaded.value();
            json = fill.json();
            return fill;
        }

        /** Whether these bytes are what this load wrote; then {@link #value()} is the object. */
        boolean wrote(byte[] bytes) {
            return bytes == json;
        }

        T value() {
            return value;
        }

        static <T, X extends Exception> Loaded<T> load(EntryKey<T> key, Loader<T, X> loader) throws X {
            var loaded = loader.load();
            if (loaded == null) {
                throw new NullPointerException(
                        "the loader of view " + key.view() + " answered null; for 'does not exist' use Loaded.absent");
            }
            return loaded;
        }
    }
}
