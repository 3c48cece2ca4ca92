// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.core.source.SetupException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates what is missing in PostgreSQL, as far as the role has the right to. */
public final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private static final int ROUNDS = 3;

    private Preparation() {}

    /**
     * Ensures that the publication and the slot exist and are correct. Runs the same statements that an administrator
     * would be told to run.
     *
     * @return true if something had to be created or changed: earlier changes may have been missed
     * @throws SetupException if something is missing that the role has no right to fix
     */
    public static boolean prepare(Connection connection, CaptureScope names) throws SQLException {
        List<Shortcoming> left = new ArrayList<>(withoutTable(connection, names));
        boolean mended = false;
        // Some shortcomings show only after others are fixed.
        for (int round = 0; round < ROUNDS; round++) {
            List<Shortcoming> missing = SourceInspection.inspect(connection, names);
            if (missing.isEmpty() && left.isEmpty()) {
                return mended;
            }
            for (Shortcoming shortcoming : missing) {
                // Once something is left to an administrator, the rest is only reported, not fixed.
                if (!shortcoming.automatic() || !left.isEmpty()) {
                    left.add(shortcoming);
                } else {
                    mend(connection, shortcoming, left);
                    mended = true;
                }
            }
            if (!left.isEmpty()) {
                throw new SetupException(left);
            }
        }
        throw new SetupException(SourceInspection.inspect(connection, names));
    }

    private static List<Shortcoming> withoutTable(Connection connection, CaptureScope names) throws SQLException {
        var existing = TableInspection.existing(connection, names.tables());
        return names.tables().stream()
                .filter(table -> !existing.containsKey(table))
                .map(table -> Shortcoming.administrators(
                        Topic.OTHER,
                        DatabaseCode.NO_TABLE,
                        Place.of(Kind.TABLE, table.toString()),
                        "there is no table " + table))
                .toList();
    }

    private static void mend(Connection connection, Shortcoming shortcoming, List<Shortcoming> left)
            throws SQLException {
        LOG.info(
                "{}; running: {}",
                Finding.text(shortcoming.code(), shortcoming.message()),
                String.join(" ", shortcoming.remedy()));
        try (Statement statement = connection.createStatement()) {
            for (String sql : shortcoming.remedy()) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            if (isOutOfReach(e)) {
                left.add(shortcoming.because(e.getMessage()));
            } else {
                throw e;
            }
        }
    }

    /** No rights (42501), no such table (42P01, 3F000), no free slot (53400), wrong object (55xxx, 22xxx). */
    private static boolean isOutOfReach(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("42")
                || state.startsWith("3F")
                || state.startsWith("53")
                || state.startsWith("22")
                || state.equals("55000");
    }
}
