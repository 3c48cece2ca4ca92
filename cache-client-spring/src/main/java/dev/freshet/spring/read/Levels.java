// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.read;

import dev.freshet.cache.CacheReads;
import dev.freshet.cache.CacheResult;
import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loader;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.spring.FreshetSession;
import dev.freshet.spring.ReadScope;
import dev.freshet.spring.method.CachedMethod;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The levels that a read has to keep: what the call asks for, or else what is configured, and what the session must not miss. */
final class Levels {
    private static final Set<CacheStatus> FROM_THE_CACHE =
            EnumSet.of(CacheStatus.HIT, CacheStatus.NEAR, CacheStatus.MEMORY);

    private final List<Consistency> all;

    private Levels(List<Consistency> all) {
        this.all = all;
    }

    /** Those of this moment, in this thread. Asks the database if the session has written. */
    static Levels now(CachedMethod method, Consistency usual) {
        var asked = ReadScope.current();
        if (asked.isPresent()) {
            return new Levels(List.of(asked.get()));
        }
        var configured = method.consistency() == null ? usual : method.consistency();
        var session = FreshetSession.current();
        if (session.isEmpty()) {
            return new Levels(List.of(configured));
        }
        // An explicit level of the request does not weaken what the method asks for by itself.
        var level = configured == Consistency.strong()
                ? configured
                : session.get().level().orElse(configured);
        if (level == Consistency.strong() || session.get().isUnproven()) {
            return new Levels(List.of(Consistency.strong()));
        }
        var position = session.get().required().map(Consistency::session);
        if (position.isEmpty()) {
            return new Levels(List.of(level));
        }
        return new Levels(level == Consistency.eventual() ? List.of(position.get()) : List.of(level, position.get()));
    }

    /**
     * Reads at all of them. An answer from the cache at the first proves nothing for the second, so that one is asked as well: it
     * then holds of a later moment. What was loaded was loaded after the call, and is fresh enough for all.
     */
    <X extends Exception> CacheResult<Object> read(FreshetCache cache, EntryKey<Object> key, Loader<Object, X> loader)
            throws X {
        CacheResult<Object> result = null;
        for (var level : all) {
            result = at(cache, level).get(key, loader);
            if (!FROM_THE_CACHE.contains(result.status())) {
                return result;
            }
        }
        return result;
    }

    /** What the cache has that is fresh enough for all of them. */
    Optional<CacheResult<Object>> find(FreshetCache cache, EntryKey<Object> key) {
        Optional<CacheResult<Object>> result = Optional.empty();
        for (var level : all) {
            result = at(cache, level).find(key);
            if (result.isEmpty()) {
                return result;
            }
        }
        return result;
    }

    private static CacheReads at(FreshetCache cache, Consistency level) {
        return level == Consistency.eventual() ? cache : cache.at(level);
    }
}
