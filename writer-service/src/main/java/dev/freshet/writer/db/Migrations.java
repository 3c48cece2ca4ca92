// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** Migrates a database to the schema of this version. */
public final class Migrations {
    /** The schema version that this code works with. A test compares it with the migration files. */
    static final int LATEST = 17;

    private Migrations() {}

    /**
     * Runs the pending migrations. Several processes may do this at once.
     *
     * @return the number of migrations that were run
     */
    public static int run(DataSource owner) {
        return flyway(owner).migrate().migrationsExecuted;
    }

    static Flyway flyway(DataSource owner) {
        return Flyway.configure()
                .dataSource(owner)
                .defaultSchema("freshet")
                .schemas("freshet")
                .createSchemas(true)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .load();
    }

    /** What is wrong with the schema of a database; contains nothing confidential. */
    public static Optional<String> problem(Jdbi jdbi) {
        var version = jdbi.withHandle(handle -> {
            boolean exists = handle.createQuery("select to_regclass('freshet.flyway_schema_history') is not null")
                    .mapTo(Boolean.class)
                    .one();
            return !exists
                    ? 0
                    : handle.createQuery("select coalesce(max(version::int), 0) from freshet.flyway_schema_history"
                                    + " where success and version is not null")
                            .mapTo(Integer.class)
                            .one();
        });
        return version >= LATEST
                ? Optional.empty()
                : Optional.of("the schema is at version " + version + ", this process needs " + LATEST
                        + "; run 'freshet writer migrate'");
    }
}
