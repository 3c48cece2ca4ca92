// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.view;

import dev.freshet.protocol.Tag;
import java.util.Arrays;
import java.util.List;

/**
 * Makes tags for what a value was computed from, in addition to the tag that its view adds automatically. The parts of
 * an id are as for {@link CacheView#key}. See {@code docs/keys-and-tags.md} for which tags a value needs.
 */
public final class TagOf {
    private TagOf() {}

    /** A row: the value may show any of its columns except ignored ones, or whether the row exists. */
    public static Tag row(String entity, Object... id) {
        return Tag.row(entity, parts(id));
    }

    /** An ancestor: the value shows what descendants inherit from that row. */
    public static Tag inherited(String entity, Object... id) {
        return Tag.inherited(entity, parts(id));
    }

    /** The list of an entity's rows below one parent row: which rows exist, and their listed columns. */
    public static Tag list(String child, String parent, Object... id) {
        return Tag.children(parent, parts(id), child);
    }

    /** Something outside the database's tables. Programs call {@code FreshetCache.invalidate} when it changes. */
    public static Tag told(String thing, Object... id) {
        return Tag.told(thing, parts(id));
    }

    static List<String> parts(Object... id) {
        return Arrays.stream(id).map(IdPart::text).toList();
    }
}
