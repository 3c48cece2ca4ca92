// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import dev.freshet.debezium.value.Column;
import dev.freshet.debezium.value.ColumnText;
import dev.freshet.debezium.value.Fields;
import dev.freshet.model.mapping.TableName;

/** Reads the values of columns as the text that PostgreSQL gives for {@code column::text}. One thread at a time. */
@FunctionalInterface
public interface ColumnTexts {
    /** By the type that an event declares: for streams whose types are known to be told apart by it. */
    ColumnTexts AS_DECLARED = (table, column, image) -> ColumnText.of(image.get(column), column.type());

    /**
     * The text, null, or one of the constants of {@link ColumnText}: {@link ColumnText#UNREADABLE} for a value that is
     * there, but whose text the event does not tell.
     *
     * @throws IllegalArgumentException if it is no value of its type; the message does not contain the value
     */
    String of(TableName table, Column column, Fields image);
}
