// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.conformance.LookupsConformance;
import dev.freshet.conformance.PostgresTransaction;
import dev.freshet.conformance.SourceTransaction;
import dev.freshet.core.pipeline.Lookups;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.postgres.connection.SessionSettings;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@WithPostgres
class JdbcLookupsTest extends LookupsConformance {
    private final TestDatabase database;
    private Connection connection;
    private Lookups lookups;

    JdbcLookupsTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() throws SQLException {
        database.execute(
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.place (a int, b text, name text, PRIMARY KEY (a, b))",
                "CREATE TABLE shop.part (id int PRIMARY KEY, a int, b text)");
        connection = database.connect();
        SessionSettings.pin(connection);
        lookups = new JdbcLookups(new MappedDatabase(MAPPING), connection);
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        database.execute("DROP SCHEMA shop CASCADE");
    }

    @Override
    protected Lookups lookups() {
        return lookups;
    }

    @Override
    protected SourceTransaction begin() throws SQLException {
        return new PostgresTransaction(database.connect());
    }
}
