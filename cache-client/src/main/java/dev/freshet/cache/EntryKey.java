// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is cached: one view of one row of one owner. Immutable.
 *
 * @param isolate the owner; everything the value is computed from must belong to this owner
 * @param entity such as {@code task}; letters, digits and {@code - . _ @ + ~ = %}, not starting with {@code ~}
 * @param id the row's id, one part per column; any text
 * @param view such as {@code own}, {@code resolved} or, for one page of a list, {@code branches.50.17}; same characters
 *     as the entity
 */
public record EntryKey(Isolate isolate, String entity, List<String> id, String view) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+=%-][A-Za-z0-9._@+=%~-]*");

    public EntryKey {
        Objects.requireNonNull(isolate, "isolate");
        requireName("entity", entity);
        id = List.copyOf(id);
        requireName("view", view);
    }

    /** The key of a view of a row whose id has one column. */
    public static EntryKey of(Isolate isolate, String entity, String id, String view) {
        return new EntryKey(isolate, entity, List.of(id), view);
    }

    String in(CacheKeys keys) {
        return keys.entry(isolate, entity, id, view);
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " '" + name + "' is not of the form " + NAME.pattern());
        }
    }
}
