// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.transaction;

import java.sql.SQLException;

/** Carries out transactions. Not thread-safe. */
public interface TransactionExecutor extends AutoCloseable {
    /** Whether it supports this kind of transaction. */
    boolean can(Intent intent);

    /** Whether its transactions carry a message with their version. */
    boolean announces();

    /**
     * Carries out a transaction.
     *
     * @param version to be written into every row
     * @return null if the transaction was rolled back
     * @throws UnknownOutcomeException if the outcome is unknown
     */
    CommitReceipt apply(Intent intent, long version) throws UnknownOutcomeException, InterruptedException;

    @Override
    void close() throws SQLException;
}
