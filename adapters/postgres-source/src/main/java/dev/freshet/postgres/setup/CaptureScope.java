// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.model.mapping.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The slot, publication and tables that the invalidator uses in PostgreSQL.
 *
 * @param slot name of the replication slot, {@code [a-z0-9_]}, at most 63 characters
 * @param publication name of the publication
 * @param tables the tables that must be published
 * @param readable the tables in which rows are looked up, and which must therefore be readable, with the columns used
 *     for look-ups
 */
public record CaptureScope(
        String slot, String publication, List<TableName> tables, Map<TableName, Set<String>> readable) {
    public CaptureScope {
        if (!slot.matches("[a-z0-9_]{1,63}")) {
            throw new IllegalArgumentException(
                    "slot name '" + slot + "' is not of 1 to 63 characters of a-z, 0-9 and _");
        }
        if (publication.isEmpty()) {
            throw new IllegalArgumentException("the publication's name is empty");
        }
        tables = tables.stream().distinct().toList();
        readable = Collections.unmodifiableMap(new LinkedHashMap<>(readable));
    }
}
