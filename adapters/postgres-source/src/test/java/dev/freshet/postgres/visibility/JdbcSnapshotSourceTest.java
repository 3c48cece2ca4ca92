// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.visibility;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.conformance.PostgresTransaction;
import dev.freshet.conformance.SnapshotSourceConformance;
import dev.freshet.conformance.SourceTransaction;
import dev.freshet.core.gate.SnapshotSource;
import dev.freshet.core.pipeline.PositionLostException;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.PublicationIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithPostgres
class JdbcSnapshotSourceTest extends SnapshotSourceConformance {
    private static final CaptureScope NAMES =
            new CaptureScope("seen", "seen", List.of(new TableName("public", "item")), Map.of());

    private final TestDatabase database;
    private JdbcSnapshotSource source;

    JdbcSnapshotSourceTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() throws SQLException {
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "CREATE PUBLICATION seen FOR TABLE item");
        Connection connection = database.connect();
        source = new JdbcSnapshotSource(connection, NAMES, PublicationIdentity.read(connection, NAMES));
    }

    @AfterEach
    void drop() throws SQLException {
        source.close();
        database.execute("DROP PUBLICATION seen", "DROP TABLE item");
    }

    @Test
    void aChangeOfThePublicationIsNotConfirmedEvenIfItWasChangedBack() {
        source.confirmComplete();
        database.execute("ALTER PUBLICATION seen DROP TABLE item", "ALTER PUBLICATION seen ADD TABLE item");

        source.current();
        assertThatThrownBy(source::confirmComplete).isInstanceOf(PositionLostException.class);
    }

    @Override
    protected SourceTransaction begin() throws SQLException {
        return new PostgresTransaction(database.connect());
    }

    @Override
    protected SnapshotSource source() {
        return source;
    }
}
