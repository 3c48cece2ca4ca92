// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.protocol.Tag;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.cache.interceptor.CacheableOperation;

/**
 * A {@code @Cacheable} method of a Freshet cache, as it was understood at the start. Immutable.
 *
 * @param where the method, for messages
 * @param views the view by its name, with what arguments add to that
 * @param name of the view
 * @param id places of the id's parameters; null if the key of the annotation is the id
 * @param owner the place of the owner's parameter; negative for none
 * @param others places of the parameters that are part of the entry's name
 * @param consistency at least; null: as is the default
 */
public record CachedMethod(
        String where,
        String cache,
        CacheableOperation operation,
        Definition definition,
        Function<String, CacheView<Object>> views,
        String name,
        int[] id,
        int owner,
        int[] others,
        TagRules tags,
        Consistency consistency,
        boolean isOptional) {
    public boolean hasKey() {
        return id == null;
    }

    /**
     * The entry of a call.
     *
     * @param key of the annotation, if this {@link #hasKey}
     * @return empty if a part of the id, or the owner, is null: there is no such row
     */
    public Optional<EntryKey<Object>> entry(Object[] args, Object key) {
        var parts = hasKey()
                ? parts(key)
                : Arrays.stream(id).mapToObj(place -> args[place]).toArray();
        if (Arrays.asList(parts).contains(null) || owner >= 0 && args[owner] == null) {
            return Optional.empty();
        }
        var entry = views.apply(EntryNames.with(name, args, others)).key(parts);
        return Optional.of(owner < 0 ? entry : entry.ownedBy(args[owner].toString()));
    }

    /** The tags that the arguments tell, beside that of the view. */
    public List<Tag> declaredTags(Object[] args) {
        return tags.of(args);
    }

    private static Object[] parts(Object key) {
        if (key instanceof Collection<?> parts) {
            return parts.toArray();
        }
        return key instanceof Object[] parts ? parts : new Object[] {key};
    }
}
