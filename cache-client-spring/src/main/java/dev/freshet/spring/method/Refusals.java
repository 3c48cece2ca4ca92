// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import dev.freshet.spring.FreshetSetupException;
import org.springframework.cache.interceptor.CacheOperation;

/** What is wrong with a method, and what to do. */
public final class Refusals {
    private Refusals() {}

    public static FreshetSetupException put(String where, CacheOperation operation) {
        return new FreshetSetupException(
                "@CachePut at " + where + " stores in " + operation.getCacheNames()
                        + " what the method answers, of which nobody" + " knows whether it was committed, and when.",
                "Remove it: the commit evicts the entry, and the next read loads it.");
    }

    public static FreshetSetupException several(String where) {
        return new FreshetSetupException(
                where + " has @Cacheable of a Freshet cache beside another cache or another cache annotation.",
                "Leave @Cacheable with one cache alone at the method; @CacheEvict is not needed, and another cache goes to"
                        + " another method.");
    }

    static FreshetSetupException undefined(String where, String cache) {
        return new FreshetSetupException(
                where + " caches in '" + cache
                        + "', and nothing says what of: without tags no commit could evict its values.",
                "Write @CachedView(entity = \"…\") beside @Cacheable, with the entity of the invalidator's mapping (and listOf for a"
                        + " list of rows below it); or freshet.caches." + cache
                        + ".entity=… in the configuration; or set"
                        + " freshet.mapping, and give the cache the name of an entity.");
    }

    static FreshetSetupException columns(String where, String entity, int columns, int parameters) {
        return new FreshetSetupException(
                where + ": the id of entity " + entity + " has " + columns + " columns in the mapping, and "
                        + parameters + " parameters are its id.",
                "Name those parameters: @CachedView(entity = \"" + entity
                        + "\", id = {…}). The others become part of the entry's" + " name.");
    }

    static FreshetSetupException owner(String where, String problem) {
        return new FreshetSetupException(
                where + ": " + problem + ".",
                "Name the parameter that is the owner in @CachedView(owner = \"…\"), or none.");
    }

    static FreshetSetupException view(String where, IllegalArgumentException why) {
        return new FreshetSetupException(
                where + " cannot be cached: " + why.getMessage() + ".",
                "Change the mapping, or what the method says of its view.",
                why);
    }
}
