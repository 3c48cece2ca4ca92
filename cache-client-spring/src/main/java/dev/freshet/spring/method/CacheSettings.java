// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import java.util.List;

/**
 * What the configuration says of one cache; it stands above the annotations of its methods.
 *
 * @param entity null: as the method's annotation, or the mapping, says
 * @param listOf null or empty for a view of rows
 * @param id names of parameters; empty: all but the owner
 * @param owner null or empty for none
 * @param consistency null: as the method's annotation, or the default, says
 * @param format 0: as the method's annotation says
 */
public record CacheSettings(
        String entity, String listOf, List<String> id, String owner, String consistency, int format) {
    /** Nothing is said. */
    public static final CacheSettings NONE = new CacheSettings(null, null, List.of(), null, null, 0);

    public CacheSettings {
        id = id == null ? List.of() : List.copyOf(id);
    }
}
