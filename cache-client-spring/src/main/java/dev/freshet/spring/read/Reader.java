// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.read;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.protocol.Tag;
import dev.freshet.spring.FreshetSession;
import dev.freshet.spring.load.CleanThread;
import dev.freshet.spring.load.LoadSource;
import dev.freshet.spring.load.Loading;
import dev.freshet.spring.load.Work;
import dev.freshet.spring.method.CachedMethod;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers calls of cached methods: from the cache, or by the method. Thread-safe. */
public final class Reader {
    private final FreshetCache cache;
    private final LoadSource source;
    private final Consistency usual;
    private final Bypasses bypasses;

    /** @param usual the level of reads for which nothing else is said */
    public Reader(FreshetCache cache, LoadSource source, Consistency usual, Bypasses bypasses) {
        this.cache = cache;
        this.source = source;
        this.usual = usual;
        this.bypasses = bypasses;
    }

    /**
     * A call.
     *
     * @param body the method itself; may be run in another thread and later, where values are loaded ahead of demand
     * @param storable whether the annotation lets this answer be stored
     */
    Object answer(
            CachedMethod method, EntryKey<Object> entry, Object[] args, Work<Object> body, Predicate<Object> storable)
            throws Exception {
        var outer = Loading.current();
        if (outer != null) {
            return partOf(outer, method, entry, args, body);
        }
        if (CleanThread.isInTransaction()) {
            return inTransaction(method, entry, body);
        }
        var result = Levels.now(method, usual).read(cache, entry, () -> load(method, entry, args, body, storable));
        return shown(method, result);
    }

    /** Of a value that is being computed: from the same snapshot, with the tags of this one as well. */
    private Object partOf(Loading outer, CachedMethod method, EntryKey<Object> entry, Object[] args, Work<Object> body)
            throws Exception {
        bypasses.partOfAnother();
        var tags = new ArrayList<Tag>(method.declaredTags(args));
        tags.add(entry.view().tag(entry.id()));
        outer.add(entry.isolate(), tags);
        return body.run();
    }

    /**
     * In a transaction that began before the token, the method reads an old snapshot, or what was never committed. So its answer
     * is not stored; and a transaction that may have written must see what it wrote.
     */
    private Object inTransaction(CachedMethod method, EntryKey<Object> entry, Work<Object> body) throws Exception {
        if (!CleanThread.isInWritingTransaction()) {
            var found = Levels.now(method, usual).find(cache, entry);
            if (found.isPresent()) {
                return shown(method, found.get());
            }
        }
        bypasses.inTransaction(method.where());
        return body.run();
    }

    private Loaded<Object> load(
            CachedMethod method, EntryKey<Object> entry, Object[] args, Work<Object> body, Predicate<Object> storable)
            throws Exception {
        return CleanThread.run(() -> source.read(() -> {
            try (var loading = Loading.begin(entry.isolate())) {
                var value = value(method, body.run());
                var loaded = (value == null ? Loaded.absent() : Loaded.of(value))
                        .and(method.declaredTags(args))
                        .and(loading.tags());
                if (loading.isMixed()) {
                    bypasses.mixed(method.where());
                }
                return loading.isMixed() || !storable.test(value) ? loaded.unstored() : loaded;
            }
        }));
    }

    private static Object value(CachedMethod method, Object answer) {
        return method.isOptional() && answer instanceof Optional<?> optional ? optional.orElse(null) : answer;
    }

    private static Object shown(CachedMethod method, CacheResult<Object> result) {
        result.position().ifPresent(position -> FreshetSession.current().ifPresent(session -> session.read(position)));
        return method.isOptional() ? result.value() : result.value().orElse(null);
    }
}
