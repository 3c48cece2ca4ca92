// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.schema;

import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.postgres.tables.FewNames;
import dev.freshet.postgres.tables.JdbcCatalog;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Why a relation cannot be mapped, whatever its columns are used for. */
final class Obstacles {
    private Obstacles() {}

    static Optional<String> of(RelationRow relation, JdbcCatalog catalog) {
        if (relation.extension().isPresent()) {
            return Optional.of("belongs to extension " + relation.extension().get()
                    + "; expected a table of your own (if you cache it, add it by hand)");
        }
        if (!relation.heirs().isEmpty()) {
            return Optional.of("has heirs (INHERITS: " + FewNames.of(relation.heirs())
                    + "), and changes of their rows are published under their names alone; expected a partitioned"
                    + " table, or map the heirs only");
        }
        return catalog.obstacle(relation.name());
    }

    /** Debezium cannot open a stream of such a table. */
    static Optional<String> ofColumns(CatalogTable table) {
        Map<String, String> seen = new HashMap<>();
        for (String column : table.columns().keySet()) {
            String other = seen.putIfAbsent(column.toLowerCase(Locale.ROOT), column);
            if (other != null) {
                return Optional.of("has columns that differ only by case (" + other + ", " + column
                        + "), and no change of it can be read; rename one of them");
            }
        }
        return Optional.empty();
    }
}
