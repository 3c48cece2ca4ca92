// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.debezium.value.Column;
import dev.freshet.debezium.value.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An object in JSON, with the schema that came with it or without. */
final class JsonFields implements Fields {
    private final JsonNode object;
    private final JsonNode schema;
    private final Shapes shapes;
    private Map<String, JsonNode> schemas;
    private List<Column> columns;

    JsonFields(JsonNode object, JsonNode schema, Shapes shapes) {
        this.object = object;
        this.schema = schema;
        this.shapes = shapes;
    }

    @Override
    public boolean has(String name) {
        return object.has(name);
    }

    @Override
    public Object get(String name) {
        return JsonValue.of(object.path(name), schema(name), shapes);
    }

    @Override
    public boolean isItsDefault(String name) {
        JsonNode standard = schema(name).path("default");
        return !standard.isMissingNode() && !standard.isNull() && standard.equals(object.path(name));
    }

    @Override
    public int size() {
        return object.size();
    }

    @Override
    public List<Column> columns() {
        if (columns == null) {
            var all = new ArrayList<Column>(object.size());
            object.fieldNames()
                    .forEachRemaining(name -> all.add(new Column(name, JsonValue.type(schema(name)), all.size())));
            columns = shapes.one(all);
        }
        return columns;
    }

    /** Equal columns are the same list. */
    @Override
    public Object shape() {
        return columns();
    }

    private JsonNode schema(String name) {
        if (schemas == null) {
            schemas = new HashMap<>();
            schema.path("fields")
                    .forEach(field -> schemas.put(field.path("field").asText(), field));
        }
        return schemas.getOrDefault(name, JsonValue.NO_SCHEMA);
    }
}
