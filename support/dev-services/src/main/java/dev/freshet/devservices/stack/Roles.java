// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.TestDatabase;

/** The work of a database administrator: the login roles and the publication. */
final class Roles {
    static final String DATABASE = "freshet";
    static final String WRITER = "freshet_writer";
    static final String READER = "freshet_reader";
    static final String INVALIDATOR = "freshet_invalidator";
    static final String APP = "freshet_app";

    private Roles() {}

    /** Creates an empty database, and roles without privileges: the migrations grant them. */
    static TestDatabase create(PostgresServer server, Credentials credentials) {
        server.maintenance().execute("create database " + DATABASE);
        var database = new TestDatabase(server, DATABASE, PostgresServer.SUPERUSER, server.password());
        database.execute(
                role(WRITER, "noinherit", credentials.writer()),
                role(READER, "noinherit", credentials.reader()),
                role(INVALIDATOR, "noinherit replication", credentials.invalidator()),
                role(APP, "", credentials.app()));
        return database;
    }

    /** Only the owner of the tables may publish them, and the invalidator's role owns no tables. */
    static void publish(TestDatabase database) {
        database.execute("create publication freshet for table freshet.global_context, freshet.project_context, "
                + "freshet.branch_context, freshet.task_context "
                + "with (publish = 'insert, update, delete, truncate', publish_via_partition_root = true)");
    }

    /** Our generated passwords consist of hexadecimal digits, so no quoting is needed. */
    private static String role(String name, String attributes, String password) {
        return "create role " + name + " login " + attributes + " password '" + password + "'";
    }
}
