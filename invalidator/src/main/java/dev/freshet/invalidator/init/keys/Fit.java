// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.keys;

import dev.freshet.invalidator.init.keys.KeyShape.Kind;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.schema.Schema;
import java.util.List;
import java.util.Set;

/** Whether values in names of keys can be those of columns. */
final class Fit {
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "oid", "numeric");
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext", "name", "enum");

    private final Schema schema;

    Fit(Schema schema) {
        this.schema = schema;
    }

    boolean fits(List<Kind> values, TableName table, List<String> columns) {
        if (values.size() != columns.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!fits(values.get(i), table, columns.get(i))) {
                return false;
            }
        }
        return true;
    }

    boolean fits(Kind value, TableName table, String column) {
        CatalogTable.Column found = schema.byName().get(table).columns().get(column);
        if (found == null) {
            return false;
        }
        return TEXTS.contains(found.type())
                || value == Kind.NUMBER && NUMBERS.contains(found.type())
                || value == Kind.UUID && found.type().equals("uuid");
    }
}
