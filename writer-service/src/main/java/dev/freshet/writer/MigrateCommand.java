// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import dev.freshet.support.config.Environment;
import dev.freshet.writer.db.Database;
import dev.freshet.writer.db.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code writer migrate}. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Migrates the database to this version's schema, and renews roles, grants and policies.")
final class MigrateCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    OwnerOptions database;

    @Override
    public Integer call() {
        int run = Migrations.run(Database.unpooled(database.owner(Environment.ofProcess())));
        spec.commandLine().getOut().println("migrations run: " + run);
        return 0;
    }
}
