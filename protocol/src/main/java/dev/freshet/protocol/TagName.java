// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.util.List;
import java.util.Optional;

/**
 * The parts of the name of a {@link Tag}. Immutable.
 *
 * @param entity the entity of the row
 * @param id of the row, one part per column, as stored in the table
 * @param facet {@code inherited}, or the entity whose rows are listed; null for the row itself
 */
public record TagName(String entity, List<String> id, String facet) {
    public TagName {
        id = List.copyOf(id);
    }

    /** Parses a name. Empty if no tag can have it. */
    public static Optional<TagName> parse(String name) {
        int colon = name.indexOf(':');
        if (colon < 1) {
            return Optional.empty();
        }
        int slash = name.indexOf('/', colon);
        String id = slash < 0 ? name.substring(colon + 1) : name.substring(colon + 1, slash);
        String facet = slash < 0 ? null : name.substring(slash + 1);
        return Segments.unescapeAll(id).map(parts -> new TagName(name.substring(0, colon), parts, facet));
    }

    /** Whether it names what descendants inherit from the row. */
    public boolean isInherited() {
        return Tag.INHERITED.equals(facet);
    }
}
