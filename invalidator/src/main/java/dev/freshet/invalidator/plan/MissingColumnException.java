// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import dev.freshet.model.mapping.TableName;

/** A change lacks a column that the mapping needs. Retrying is of no use: the publication must ship the column. */
public final class MissingColumnException extends RuntimeException {
    private final transient TableName table;
    private final String column;

    MissingColumnException(TableName table, String column, Operation operation) {
        super(operation + " of " + table + " lacks column '" + column + "', which the mapping needs");
        this.table = table;
        this.column = column;
    }

    public TableName table() {
        return table;
    }

    public String column() {
        return column;
    }
}
