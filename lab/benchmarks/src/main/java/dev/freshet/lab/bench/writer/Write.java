// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import java.io.IOException;
import java.sql.SQLException;

/** Changes tasks, one in each transaction, over a connection of its own. One thread at a time. */
interface Write extends AutoCloseable {
    /**
     * Changes one task. Returns when the change is committed.
     *
     * @param number for the document, another one each time
     */
    void change(int task, long number) throws SQLException, IOException;

    @Override
    void close() throws SQLException, IOException;
}
