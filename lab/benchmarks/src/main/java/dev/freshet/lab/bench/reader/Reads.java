// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import java.sql.SQLException;

/** One way to read. Thread-safe. */
@FunctionalInterface
interface Reads {
    /**
     * Reads a value.
     *
     * @param number which read it is, from 0; it tells the key
     */
    byte[] read(long number) throws SQLException, InterruptedException;
}
