// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.Api;
import dev.freshet.writer.db.MigratedSchema;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The position that a write answers, beside that of its commit in the WAL. */
@WithPostgres(template = MigratedSchema.class)
class WritePositionTest {
    /** The end of the commit's record, in the message that logical decoding gives of it: kind, flags, begin, end. */
    private static final String COMMIT_ENDS =
            "SELECT max(('x' || encode(substring(data FROM 11 FOR 8), 'hex'))::bit(64)::bigint)"
                    + " FROM pg_logical_slot_get_binary_changes('writes', NULL, NULL, 'proto_version', '1', 'publication_names',"
                    + " 'writes') WHERE get_byte(data, 0) = ascii('C')";

    private final TestDatabase database;
    private Api api;

    WritePositionTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void start() {
        api = Api.start(database);
        database.execute(
                "CREATE PUBLICATION writes FOR TABLE freshet.project_context",
                "SELECT pg_create_logical_replication_slot('writes', 'pgoutput')");
    }

    @AfterEach
    void stop() {
        api.close();
        database.dropSlot("writes");
        database.execute("DROP PUBLICATION writes");
    }

    /** A session that asks for it must not be served what was cached before the commit. */
    @Test
    void aWriteAnswersAPositionBehindItsCommit() throws SQLException {
        var created = api.as("ann").post("/v1/projects", "{\"name\":\"p\"}");
        assertThat(created.status()).isEqualTo(201);
        long commitEnds = number(COMMIT_ENDS);
        assertThat(commitEnds).isPositive();
        var position = created.header("Freshet-Position").split("@");
        assertThat(number("SELECT '" + position[0] + "'::pg_lsn - '0/0'::pg_lsn"))
                .isGreaterThanOrEqualTo(commitEnds);
        assertThat(number("SELECT system_identifier FROM pg_control_system()")).isEqualTo(Long.parseLong(position[1]));
    }

    /** It is committed: an error would say that it is not. */
    @Test
    void aWriterThatMayNotAskForTheClusterAnswersThePositionAlone() {
        database.execute("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        try {
            for (int i = 0; i < 2; i++) {
                var created = api.as("ann").post("/v1/projects", "{\"name\":\"p\"}");
                assertThat(created.status()).isEqualTo(201);
                assertThat(created.header("Freshet-Position")).matches("[0-9A-F]+/[0-9A-F]+");
            }
        } finally {
            database.execute("GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC");
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = database.connect();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
