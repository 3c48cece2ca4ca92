// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import dev.freshet.model.mapping.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the invalidator uses in PostgreSQL.
 *
 * @param slot name of the replication slot, {@code [a-z0-9_]}, at most 63 characters
 * @param publication name of the publication
 * @param tables what must be published
 * @param readable those of them in which rows are looked up, so that they must be readable, with the columns by which
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
