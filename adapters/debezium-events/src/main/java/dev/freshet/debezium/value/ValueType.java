// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.value;

/**
 * The type of a value, as its schema declares it.
 *
 * @param type Kafka Connect's type in lower case, such as {@code int64}; empty if there is no schema
 * @param logical name of the logical type; empty if there is none
 * @param scale of a {@code Decimal}, else 0
 * @param element type of an array's elements, else null
 */
public record ValueType(String type, String logical, int scale, ValueType element) {
    /** The type of a value that came without a schema. */
    public static final ValueType UNKNOWN = new ValueType("", "", 0, null);

    /**
     * The logical type of a string that is PostgreSQL's text already. It stands for nothing else, except for {@link
     * Placeholders#ABSENT} and {@link Placeholders#UNCHANGED}.
     */
    public static final String TEXT = "dev.freshet.debezium.Text";

    boolean isText() {
        return logical.equals(TEXT);
    }

    boolean isBytes() {
        return type.equals("bytes");
    }

    ValueType elementOrUnknown() {
        return element == null ? UNKNOWN : element;
    }

    /** Its name in messages. */
    @Override
    public String toString() {
        return logical.isEmpty() ? type : logical;
    }
}
