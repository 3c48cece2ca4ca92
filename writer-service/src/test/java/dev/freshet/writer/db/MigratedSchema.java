// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.DatabaseTemplate;

/** A database with the writer's schema, and with passwords for its roles: each role's own name. */
public final class MigratedSchema implements DatabaseTemplate {
    @Override
    public void prepare(TestDatabase database) {
        Migrations.run(database.dataSource());
        for (var role : new String[] {"freshet_writer", "freshet_reader", "freshet_invalidator", "freshet_app"}) {
            database.execute("alter role " + role + " login password '" + role + "'");
        }
    }

    /** The same database for one of the roles. */
    public static TestDatabase as(TestDatabase database, String role) {
        return database.as(role, role);
    }
}
