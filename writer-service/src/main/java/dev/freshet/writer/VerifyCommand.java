// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import dev.freshet.support.config.Environment;
import dev.freshet.writer.db.Database;
import dev.freshet.writer.db.Migrations;
import dev.freshet.writer.rebuild.Differences;
import dev.freshet.writer.rebuild.Projections;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code writer verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Replays the event log and compares the result with the context tables; changes nothing.",
            "Exit code: 0 if they are equal, 1 if they differ."
        })
final class VerifyCommand implements Callable<Integer> {
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
        var found = new Projections(owner).verify();
        found.forEach(spec.commandLine().getOut()::println);
        return found.stream().allMatch(Differences::none) ? 0 : 1;
    }
}
