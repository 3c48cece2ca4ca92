// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The kinds of tags that an invalidator evicts. A kind is a tag without its id: {@code project}, {@code
 * project/inherited} or {@code project/branch}. Immutable.
 *
 * @param kinds those evicted in {@link Isolate#SHARED}, for rows without an owner
 * @param owned those evicted in the isolate of a row's owner
 */
public record Coverage(Set<String> kinds, Set<String> owned) {
    /** No tag is evicted. */
    public static final Coverage NONE = new Coverage(Set.of(), Set.of());

    public Coverage {
        kinds = Collections.unmodifiableSet(new TreeSet<>(kinds));
        owned = Collections.unmodifiableSet(new TreeSet<>(owned));
    }

    /** Whether changes evict the entries of this isolate that carry this tag. */
    public boolean covers(Isolate isolate, Tag tag) {
        return (isolate.equals(Isolate.SHARED) ? kinds : owned).contains(tag.kind());
    }

    /** Whether no tag is evicted anywhere. */
    public boolean isEmpty() {
        return kinds.isEmpty() && owned.isEmpty();
    }

    static Coverage parse(String kinds, String owned) {
        return new Coverage(split(kinds), split(owned));
    }

    private static Set<String> split(String text) {
        return text.isEmpty() ? Set.of() : Set.copyOf(List.of(text.split(" ")));
    }
}
