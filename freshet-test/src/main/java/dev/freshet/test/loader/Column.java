// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

import java.util.ArrayList;
import java.util.List;

/**
 * A column of a table.
 *
 * @param type as SQL writes it
 * @param category of its type, as {@code pg_type.typcategory} has it
 * @param references the table and column that a foreign key of this column alone refers to, as SQL writes them; null if
 *     there is none
 */
record Column(String name, String type, char category, boolean nullable, Reference references) {
    record Reference(String table, String column) {}

    String quoted() {
        return Names.quoted(name);
    }

    /**
     * Values that the column could have instead, as SQL, best first; some may not be possible. The row is {@code t}.
     *
     * @param table the column's, as SQL writes it
     */
    List<String> changes(String table) {
        String own = "t." + quoted();
        var changes = new ArrayList<String>();
        if (references != null) {
            changes.add(another(references.table(), Names.quoted(references.column()), own));
        } else {
            byType(own, changes);
            changes.add(another(table, quoted(), own));
        }
        if (nullable) {
            changes.add("null");
        }
        return changes;
    }

    private static String another(String table, String column, String own) {
        return "(select o." + column + " from " + table + " o where o." + column + " is distinct from " + own
                + " order by 1 limit 1)";
    }

    private void byType(String own, List<String> changes) {
        switch (category) {
            case 'N' -> {
                changes.add("(coalesce(" + own + ", 0) + 1)::" + type);
                changes.add("(coalesce(" + own + ", 0) + 100003)::" + type);
                changes.add("(coalesce(" + own + ", 0) - 1)::" + type);
            }
            case 'S' -> {
                changes.add("(coalesce(" + own + "::text, '') || 'x')::" + type);
                changes.add("overlay(" + own + "::text placing 'x' from 1)::" + type);
            }
            case 'B' -> changes.add("not coalesce(" + own + ", false)");
            case 'D' -> changes.add("(coalesce(" + own + ", now()::" + type + ") + interval '1 day 1 hour')::" + type);
            case 'T' -> changes.add("coalesce(" + own + ", interval '0') + interval '1 day'");
            case 'E' ->
                changes.add("(select e from unnest(enum_range(null::" + type + ")) e where e is distinct from " + own
                        + " limit 1)");
            case 'A' -> changes.add("array_cat(" + own + ", " + own + ")");
            default -> special(own, changes);
        }
    }

    private void special(String own, List<String> changes) {
        switch (type) {
            case "uuid" -> changes.add("gen_random_uuid()");
            case "bytea" -> changes.add("coalesce(" + own + ", ''::bytea) || '\\x00'::bytea");
            case "json", "jsonb" -> changes.add("json_build_object('changed', " + own + ")::" + type);
            default -> {}
        }
    }
}
