// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import dev.freshet.core.stream.Row;
import dev.freshet.debezium.value.Fields;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The shapes in which the rows of each table came lately. Most tables have one; without a schema, images differ. Not
 * thread-safe.
 */
public final class TableShapes {
    private static final int MOST = 4;

    private final ReplicaIdentities identities;
    private final ColumnTexts texts;
    private final Map<TableName, Deque<TableShape>> known = new HashMap<>();
    /** Rows of one table often come one after the other. */
    private TableName lastTable;

    private TableShape last;

    public TableShapes(ReplicaIdentities identities) {
        this(identities, ColumnTexts.AS_DECLARED);
    }

    TableShapes(ReplicaIdentities identities, ColumnTexts texts) {
        this.identities = identities;
        this.texts = texts;
    }

    /** The row of a new image. */
    public Row after(TableName table, Fields image) throws BadEventException {
        return of(table, image).after(image);
    }

    /** The row of an old image, without the columns that it does not contain. */
    public Row before(TableName table, Fields image) throws BadEventException {
        return of(table, image).before(image);
    }

    private TableShape of(TableName table, Fields image) {
        if (last == null || lastTable != table || !last.reads(image)) {
            last = found(table, image);
            lastTable = table;
        }
        return last;
    }

    private TableShape found(TableName table, Fields image) {
        Deque<TableShape> shapes = known.computeIfAbsent(table, name -> new ArrayDeque<>(MOST));
        for (TableShape shape : shapes) {
            if (shape.reads(image)) {
                return shape;
            }
        }
        var shape = new TableShape(table, image, identities.of(table), texts);
        if (shapes.size() == MOST) {
            shapes.removeLast();
        }
        shapes.addFirst(shape);
        return shape;
    }
}
