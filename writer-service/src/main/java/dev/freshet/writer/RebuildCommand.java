// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import dev.freshet.support.config.Environment;
import dev.freshet.writer.db.Database;
import dev.freshet.writer.db.Migrations;
import dev.freshet.writer.rebuild.Projections;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code writer rebuild}. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds the context tables from the event log, in one transaction.",
            "Changes only rows that differ. Meanwhile, others can read, and their writes wait.",
            "Needs the owner of the tables."
        })
final class RebuildCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    OwnerOptions database;

    @Override
    public Integer call() {
        var owner = Jdbi.create(Database.unpooled(database.owner(Environment.ofProcess())));
        var lacking = Migrations.problem(owner);
        if (lacking.isPresent()) {
            spec.commandLine().getErr().println(lacking.get());
            return ExitCode.SOFTWARE;
        }
        var putRight = new Projections(owner).rebuild();
        var out = spec.commandLine().getOut();
        out.println("corrected:");
        putRight.forEach(out::println);
        return 0;
    }
}
