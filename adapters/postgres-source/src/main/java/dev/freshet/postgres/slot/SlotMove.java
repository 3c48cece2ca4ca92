// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.slot;

import dev.freshet.core.source.SlotInfo;
import dev.freshet.postgres.connection.FailureCause;
import dev.freshet.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a slot past changes that cannot be read. */
public final class SlotMove {
    private static final Logger LOG = LoggerFactory.getLogger(SlotMove.class);

    private SlotMove() {}

    /**
     * Moves the slot to the current end of the WAL. No stream may use it. If PostgreSQL itself cannot get past the
     * changes, the slot is recreated, which waits until the running write transactions have ended.
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
            LOG.warn("replication slot {} cannot be advanced and is recreated: {}", slot, FailureCause.in(e));
            try (Statement statement = connection.createStatement()) {
                statement.execute(Sql.dropSlot(slot));
                statement.execute(Sql.createSlot(slot, version(connection)));
            }
        }
        return Slots.read(connection, slot)
                .orElseThrow(() -> new IllegalStateException("replication slot " + slot + " is gone"));
    }

    private static int version(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() * 10_000;
    }
}
