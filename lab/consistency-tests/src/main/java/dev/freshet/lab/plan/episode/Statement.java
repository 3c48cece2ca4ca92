// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.episode;

import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.design.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change of one row, or a TRUNCATE of a table. Any subset of statements can be run: a statement that does not apply
 * does nothing.
 *
 * @param id the id of the row; empty for TRUNCATE
 * @param values the row of an INSERT, the new values of an UPDATE
 * @param stored columns whose values are stored outside of the row, so that the WAL omits them if they do not change
 */
public record Statement(Verb verb, String table, List<String> id, Map<String, String> values, Set<String> stored) {
    public enum Verb {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE
    }

    /**
     * The row before and after; null if it did not exist before or does not exist afterwards. Both are null for a
     * TRUNCATE.
     */
    public record Effect(Map<String, String> before, Map<String, String> after) {}

    /** Applies the statement and returns its effect; null if it has none. */
    public Effect apply(Tables tables, Table table) {
        Map<List<String>, Map<String, String>> rows = tables.of(table.name());
        switch (verb) {
            case TRUNCATE -> {
                rows.clear();
                return new Effect(null, null);
            }
            case INSERT -> {
                return rows.putIfAbsent(id, values) == null ? new Effect(null, values) : null;
            }
            case DELETE -> {
                Map<String, String> before = rows.remove(id);
                return before == null ? null : new Effect(before, null);
            }
            default -> {
                return update(rows, table);
            }
        }
    }

    private Effect update(Map<List<String>, Map<String, String>> rows, Table table) {
        Map<String, String> before = rows.get(id);
        if (before == null) {
            return null;
        }
        Map<String, String> after = new LinkedHashMap<>(before);
        after.putAll(values);
        List<String> newId = Tables.values(after, table.id());
        if (!newId.equals(id)) {
            if (rows.containsKey(newId)) {
                return null;
            }
            rows.remove(id);
        }
        rows.put(newId, after);
        return new Effect(before, after);
    }
}
