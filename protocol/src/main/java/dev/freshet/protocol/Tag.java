// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A name for something that an entry was computed from. Row changes purge tags, and with them the entries registered
 * under them.
 *
 * @param name such as {@code project:3}, {@code project:3/inherited} or {@code project:3/branch}
 */
public record Tag(String name) {
    /** Behind the slash of {@link #inherited}; no entity is called that. */
    public static final String INHERITED = "inherited";

    private static final String TOLD = "!";

    /** The tag of the row itself. */
    public static Tag row(String entity, List<String> id) {
        return new Tag(entity + ":" + idOf(id));
    }

    /** The tag of what descendants inherit from the row. */
    public static Tag inherited(String entity, List<String> id) {
        return row(entity, id).facet(INHERITED);
    }

    /** The tag of the list of the row's children of one entity. */
    public static Tag children(String entity, List<String> id, String childEntity) {
        return row(entity, id).facet(childEntity);
    }

    /**
     * The tag of something that no table tells of, such as an answer of another service. The invalidator does not purge
     * it: programs do, with cache-client's {@code invalidate}.
     *
     * @param thing a name like an entity's; no mapping has one that begins with {@code !}, as the tag's does
     */
    public static Tag told(String thing, List<String> id) {
        return row(TOLD + thing, id);
    }

    /** The name without the id, such as {@code project/branch}. A name that is not of a row's tag is its own kind. */
    public String kind() {
        int colon = name.indexOf(':');
        int slash = name.indexOf('/', colon);
        return colon < 0 ? name : name.substring(0, colon) + (slash < 0 ? "" : name.substring(slash));
    }

    /** The tag of a part of this tag's row: {@link #INHERITED}, or the list of its children of the named entity. */
    public Tag facet(String facet) {
        return new Tag(name + "/" + facet);
    }

    static String idOf(List<String> id) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("an id needs at least one part");
        }
        return id.stream().map(Segments::escape).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return name;
    }
}
