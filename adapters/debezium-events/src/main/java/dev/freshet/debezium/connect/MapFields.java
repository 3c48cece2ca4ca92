// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.connect;

import dev.freshet.debezium.value.Column;
import dev.freshet.debezium.value.Fields;
import dev.freshet.debezium.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;

/** A map, such as Debezium makes of an {@code hstore}, or an object without a schema. */
final class MapFields implements Fields {
    private final Map<?, ?> map;
    private final Schema values;

    MapFields(Map<?, ?> map, Schema values) {
        this.map = map;
        this.values = values;
    }

    @Override
    public boolean has(String name) {
        return map.containsKey(name);
    }

    @Override
    public Object get(String name) {
        return ConnectValue.of(map.get(name), values);
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public List<Column> columns() {
        ValueType type = ConnectValue.type(values);
        var columns = new ArrayList<Column>(map.size());
        map.keySet().forEach(name -> columns.add(new Column(Objects.toString(name), type, columns.size())));
        return columns;
    }

    @Override
    public Object shape() {
        return this;
    }
}
