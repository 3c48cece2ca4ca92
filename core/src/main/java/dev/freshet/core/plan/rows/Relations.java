// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.TableName;
import java.util.List;

/** Finds rows by column values, in the database or in what a change stream has delivered so far. */
public interface Relations {
    /**
     * Passes every row whose columns equal one of the tuples to the consumer, in any order, with the tuple that it
     * matches. Equality is the database's, which may match more than identical text. One query per call. The consumer
     * may call {@code find} itself.
     *
     * @param columns the columns to match
     * @param tuples values in the order of the columns; no nulls, no duplicates
     * @throws LookUpException if the database cannot answer, for example for a value that the column cannot have
     */
    void find(TableName table, List<String> columns, List<List<String>> tuples, Found found);

    /** Receives rows one by one. */
    @FunctionalInterface
    interface Found {
        /**
         * Receives a row.
         *
         * @param tuple the index of the tuple that it matches
         * @param row has at least the columns that planning reads of the table, see {@link TableReads}
         */
        void row(int tuple, Row row);
    }
}
