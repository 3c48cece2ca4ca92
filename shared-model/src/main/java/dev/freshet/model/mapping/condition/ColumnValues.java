// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.condition;

/** The values of a row's columns, as PostgreSQL prints them. */
public interface ColumnValues {
    /** Whether the column's value, possibly null, is known. */
    boolean knows(String column);

    /** The value; null if the column is null or its value is not known. */
    String get(String column);
}
