// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

/** The schema and name of a table, as PostgreSQL stores them. */
public record TableName(String schema, String table) implements Comparable<TableName> {
    /** The schema of an unqualified name. */
    public static final String DEFAULT_SCHEMA = "public";

    /** Reads {@code schema.table} or {@code table}. */
    public static TableName of(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? new TableName(DEFAULT_SCHEMA, name)
                : new TableName(name.substring(0, dot), name.substring(dot + 1));
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
