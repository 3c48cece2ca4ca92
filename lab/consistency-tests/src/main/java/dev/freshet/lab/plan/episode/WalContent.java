// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.episode;

import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.episode.Statement.Effect;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Computes what the write-ahead log contains for a statement, given the table's replica identity. */
public final class WalContent {
    private WalContent() {}

    public static RowChange change(Table table, Statement statement, Effect effect, long txId, long lsn) {
        var origin = new Origin(txId, new Lsn(lsn), Instant.EPOCH);
        TableName name = TableName.of(table.name());
        if (effect.before() == null && effect.after() == null) {
            return new RowChange(name, Operation.TRUNCATE, null, null, origin);
        }
        if (effect.before() == null) {
            return new RowChange(name, Operation.CREATE, null, new Row(effect.after()), origin);
        }
        if (effect.after() == null) {
            return new RowChange(name, Operation.DELETE, new Row(old(table, effect.before())), null, origin);
        }
        Map<String, String> after = new LinkedHashMap<>(effect.after());
        after.replaceAll((column, value) -> isLeftOut(column, statement.stored(), effect) ? Row.UNAVAILABLE : value);
        Row before = isOldShipped(table, statement.stored(), effect) ? new Row(old(table, effect.before())) : null;
        return new RowChange(name, Operation.UPDATE, before, new Row(after), origin);
    }

    private static boolean isLeftOut(String column, Set<String> stored, Effect effect) {
        String value = effect.after().get(column);
        return value != null
                && stored.contains(column)
                && value.equals(effect.before().get(column));
    }

    /**
     * Whether an update ships the old row: always with FULL, otherwise only if a column of the identity changed or was
     * omitted.
     */
    private static boolean isOldShipped(Table table, Set<String> stored, Effect effect) {
        List<String> identity = table.identity().columns();
        return identity.isEmpty()
                || identity.stream()
                        .anyMatch(column -> isLeftOut(column, stored, effect)
                                || !Objects.equals(
                                        effect.before().get(column),
                                        effect.after().get(column)));
    }

    private static Map<String, String> old(Table table, Map<String, String> row) {
        if (table.identity().isFull()) {
            return row;
        }
        Map<String, String> shipped = new LinkedHashMap<>();
        table.identity().columns().forEach(column -> shipped.put(column, row.get(column)));
        return shipped;
    }
}
