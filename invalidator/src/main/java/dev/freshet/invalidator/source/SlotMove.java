// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a slot behind changes that cannot be read. */
public final class SlotMove {
    private static final Logger LOG = LoggerFactory.getLogger(SlotMove.class);

    private SlotMove() {}

    /**
     * To where the WAL ends now. No stream may have it. Where PostgreSQL itself cannot get past the changes, the slot is made
     * anew, which takes until the transactions that write have ended.
     */
    public static SlotInfo toTheEnd(Connection connection, String slot) throws SQLException {
        try (PreparedStatement advance =
                connection.prepareStatement("SELECT pg_replication_slot_advance(?, pg_current_wal_insert_lsn())")) {
            advance.setString(1, slot);
            advance.execute();
        } catch (SQLException e) {
            if (FailureCause.isPassing(e)) {
                throw e;
            }
            LOG.warn("replication slot {} cannot be moved on, and is made anew: {}", slot, FailureCause.in(e));
            try (Statement statement = connection.createStatement()) {
                statement.execute(Sql.dropSlot(slot));
                statement.execute(Sql.createSlot(slot, version(connection)));
            }
        }
        return SlotInfo.read(connection, slot)
                .orElseThrow(() -> new IllegalStateException("replication slot " + slot + " is gone"));
    }

    private static int version(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() * 10_000;
    }
}
