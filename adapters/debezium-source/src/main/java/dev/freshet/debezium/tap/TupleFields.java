// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import dev.freshet.debezium.text.ShippedValue;
import dev.freshet.debezium.value.Column;
import dev.freshet.debezium.value.Fields;
import dev.freshet.debezium.value.ValueType;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import java.util.ArrayList;
import java.util.List;

/** The image of a row in a message. Its shape is what its table was last announced as. */
public final class TupleFields implements Fields {
    private static final ValueType TEXT = new ValueType("string", ValueType.TEXT, 0, null);

    private final List<ReplicationMessage.Column> tuple;
    private final Object shape;

    /** @param shape stands for the table as it was announced; compared by identity */
    public TupleFields(List<ReplicationMessage.Column> tuple, Object shape) {
        this.tuple = tuple;
        this.shape = shape;
    }

    @Override
    public boolean has(String name) {
        return position(name) >= 0;
    }

    @Override
    public Object get(String name) {
        int position = position(name);
        return position < 0 ? null : at(position);
    }

    @Override
    public Object get(Column column) {
        return at(column.position());
    }

    @Override
    public int size() {
        return tuple.size();
    }

    @Override
    public List<Column> columns() {
        var columns = new ArrayList<Column>(tuple.size());
        for (int i = 0; i < tuple.size(); i++) {
            columns.add(new Column(tuple.get(i).getName(), TEXT, i));
        }
        return columns;
    }

    @Override
    public Object shape() {
        return shape;
    }

    private String at(int position) {
        ReplicationMessage.Column column = tuple.get(position);
        return ShippedValue.of(
                column.getValue(null, true), column.getType().getRootType().getOid(), column.isOptional());
    }

    private int position(String name) {
        for (int i = 0; i < tuple.size(); i++) {
            if (tuple.get(i).getName().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
