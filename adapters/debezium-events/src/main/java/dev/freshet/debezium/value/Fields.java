// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.value;

import java.util.List;

/**
 * An object in an event: the envelope, its source, or an image of a row. Each encoding has an implementation.
 *
 * <p>A value is null, a String, Boolean, Long, BigDecimal, Float, Double or {@code byte[]}, a List of values, or Fields.
 */
public interface Fields {
    /** Whether there is a field of this name, even if its value is null. */
    boolean has(String name);

    /** The value of a field; null also if there is no such field. */
    Object get(String name);

    /** The value of one of the {@link #columns} of an object of this shape. */
    default Object get(Column column) {
        return get(column.name());
    }

    /**
     * Whether the value of a field equals the default that its schema declares: converters put that in place of null unless
     * they are told not to. False if no schema or no default is known.
     */
    default boolean isItsDefault(String name) {
        return false;
    }

    /** How many fields there are. */
    int size();

    /** The fields, in order. Not cheap: a caller keeps them for the next object of the same {@link #shape}. */
    List<Column> columns();

    /**
     * Stands for the columns. Two objects with the same shape, compared by identity, have the same columns. If the
     * source announces a table again, the shape is another one.
     */
    Object shape();
}
