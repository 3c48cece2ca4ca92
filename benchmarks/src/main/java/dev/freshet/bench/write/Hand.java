// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

import java.sql.SQLException;

/** Carries transactions out. For one thread. */
interface Hand extends AutoCloseable {
    /** Whether it can do such a thing. */
    boolean can(Intent intent);

    /** Whether its transactions carry a message with their version. */
    boolean announces();

    /**
     * Carries one out.
     *
     * @param version to be written into every row
     * @return null if it was rolled back
     * @throws UnclearException if nobody knows what became of it
     */
    Receipt apply(Intent intent, long version) throws UnclearException, InterruptedException;

    @Override
    void close() throws SQLException;
}
