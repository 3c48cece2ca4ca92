// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The net change of one row: its image before, null if it did not exist, and after, null if it no longer exists. */
public final class RowDelta {
    private final EntityMapping entity;
    private final List<String> id;
    private final Row before;
    private Row after;
    /**
     * Whether {@code after} is a new row that took the id of the row before. Then a value that it leaves out is not the
     * old row's.
     */
    private boolean replaced;

    private Origin origin;
    private Cause cause;

    RowDelta(EntityMapping entity, List<String> id, Row before, Row after, Origin origin) {
        this.entity = entity;
        this.id = id;
        this.before = before;
        this.origin = origin;
        this.after = after == null ? null : filled(after, before);
    }

    /** The row changed again. */
    void then(Row next, Origin later) {
        replaced |= after == null;
        after = next == null ? null : filled(filled(next, after), replaced ? null : before);
        origin = later;
    }

    private static Row filled(Row row, Row from) {
        return from == null ? row : row.filledFrom(from);
    }

    public EntityMapping entity() {
        return entity;
    }

    public List<String> id() {
        return id;
    }

    public Row before() {
        return before;
    }

    public Row after() {
        return after;
    }

    boolean isNothing() {
        return before == null && after == null;
    }

    public boolean isUpdate() {
        return before != null && after != null;
    }

    public Cause cause() {
        if (cause == null) {
            Operation operation =
                    before == null ? Operation.CREATE : after == null ? Operation.DELETE : Operation.UPDATE;
            cause = new Cause(entity.table(), operation, idByColumn(), origin);
        }
        return cause;
    }

    private Map<String, String> idByColumn() {
        if (id.size() == 1) {
            return Collections.singletonMap(entity.id().get(0), id.get(0));
        }
        var columns = new LinkedHashMap<String, String>();
        for (int i = 0; i < id.size(); i++) {
            columns.put(entity.id().get(i), id.get(i));
        }
        return Collections.unmodifiableMap(columns);
    }

    /** Whether the row was created or deleted, or one of the columns changed. An unknown value counts as changed. */
    public boolean changed(ColumnSet columns) {
        if (!isUpdate()) {
            return !isNothing();
        }
        if (!columns.exclusive()) {
            return changed(columns.names());
        }
        for (String column : after.columns()) {
            if (columns.contains(column) && changed(column)) {
                return true;
            }
        }
        return after.header().missing().stream().anyMatch(columns::contains);
    }

    /** Like {@link #changed(ColumnSet)}. */
    public boolean changed(Iterable<String> columns) {
        if (!isUpdate()) {
            return !isNothing();
        }
        for (String column : columns) {
            if (changed(column)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a column did not change and no image has its value, such as a long text outside the replica identity. A
     * walk through the old rows does not find such a row.
     */
    public boolean hides(Iterable<String> columns) {
        if (isUpdate()) {
            for (String column : columns) {
                if (after.isUnavailable(column) && !before.knows(column)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean changed(String column) {
        if (after.isUnavailable(column)) {
            return replaced;
        }
        return !after.agrees(column, before);
    }
}
