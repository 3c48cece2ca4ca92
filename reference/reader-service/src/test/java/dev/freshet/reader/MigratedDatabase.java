// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.DatabaseTemplate;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** The writer's tables, and the reader's role with a password. */
public final class MigratedDatabase implements DatabaseTemplate {
    private static final String PASSWORD = UUID.randomUUID().toString();

    @Override
    public void prepare(TestDatabase database) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .defaultSchema("freshet")
                .load()
                .migrate();
        database.execute("alter role freshet_reader login password '" + PASSWORD + "'");
    }

    /** The same database for the reader's role. */
    static TestDatabase asReader(TestDatabase database) {
        return database.as("freshet_reader", PASSWORD);
    }
}
