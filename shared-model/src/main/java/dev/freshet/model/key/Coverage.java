// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.key;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The kinds of tags that an invalidator evicts. A kind is a tag without its id: {@code project}, {@code
 * project/inherited} or {@code project/branch}. Immutable.
 *
 * @param kinds that are evicted at all: in {@link Isolate#SHARED}, for rows that have no owner
 * @param owned those of them that are evicted in the isolate of the row's owner, too
 */
public record Coverage(Set<String> kinds, Set<String> owned) {
    /** No tag is evicted. */
    public static final Coverage NONE = new Coverage(Set.of(), Set.of());

    public Coverage {
        kinds = Collections.unmodifiableSet(new TreeSet<>(kinds));
        owned = Collections.unmodifiableSet(new TreeSet<>(owned));
        if (!kinds.containsAll(owned)) {
            throw new IllegalArgumentException("kinds of tags " + owned + " are not all among " + kinds);
        }
    }

    /** Whether changes evict the entries of this isolate that carry this tag. */
    public boolean covers(Isolate isolate, Tag tag) {
        return (isolate.equals(Isolate.SHARED) ? kinds : owned).contains(tag.kind());
    }

    static Coverage parse(String kinds, String owned) {
        return new Coverage(split(kinds), split(owned));
    }

    private static Set<String> split(String text) {
        return text.isEmpty() ? Set.of() : Set.copyOf(List.of(text.split(" ")));
    }
}
