// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.view;

import dev.freshet.protocol.Tag;
import java.util.Arrays;
import java.util.List;

/**
 * Tags of what a value was computed from, beside what its view tells by itself. Parts of ids are given as to {@link
 * CacheView#key}; see {@code docs/keys-and-tags.md} for which tags a value needs.
 */
public final class TagOf {
    private TagOf() {}

    /** A row of which any column but ignored ones may show in the value, or whether it exists. */
    public static Tag row(String entity, Object... id) {
        return Tag.row(entity, parts(id));
    }

    /** An ancestor, of which the value shows what descendants inherit. */
    public static Tag inherited(String entity, Object... id) {
        return Tag.inherited(entity, parts(id));
    }

    /** The rows of an entity below a parent: which there are, and their listed columns. */
    public static Tag list(String child, String parent, Object... id) {
        return Tag.children(parent, parts(id), child);
    }

    /** Something that no table tells of; programs call {@code invalidate} when it changes. */
    public static Tag told(String thing, Object... id) {
        return Tag.told(thing, parts(id));
    }

    static List<String> parts(Object... id) {
        return Arrays.stream(id).map(IdPart::text).toList();
    }
}
