// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.model.mapping.TableName;
import java.util.Map;

/**
 * A transaction of a program on the source database. Closed without a commit, it is rolled back. Values are in the text form
 * that the database prints.
 */
public interface SourceTransaction extends AutoCloseable {
    /** Its 32-bit id. */
    long id() throws Exception;

    void insert(TableName table, Map<String, String> row) throws Exception;

    /**
     * Changes a row.
     *
     * @param key the values of its id
     * @param changed columns with new values, possibly of the id
     */
    void update(TableName table, Map<String, String> key, Map<String, String> changed) throws Exception;

    void delete(TableName table, Map<String, String> key) throws Exception;

    void truncate(TableName table) throws Exception;

    /** Writes a marker of Freshet to the log. */
    void mark(String content) throws Exception;

    void commit() throws Exception;

    @Override
    void close();
}
