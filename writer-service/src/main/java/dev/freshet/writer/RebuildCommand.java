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
            "Plays the event log and makes the context tables what it says, in one transaction.",
            "Touches only rows that differ. Others can read meanwhile, and wait with writes. Needs the owner of the tables."
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
        out.println("put right:");
        putRight.forEach(out::println);
        return 0;
    }
}
