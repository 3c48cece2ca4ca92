// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator;

import dev.freshet.debezium.LogLevels;
import dev.freshet.invalidator.cli.AuditCommand;
import dev.freshet.invalidator.cli.RecordCommand;
import dev.freshet.invalidator.cli.RunCommand;
import dev.freshet.invalidator.cli.cases.TestCommand;
import dev.freshet.invalidator.cli.check.CheckCommand;
import dev.freshet.invalidator.cli.check.HelpCommand;
import dev.freshet.invalidator.cli.completion.CompletionCommand;
import dev.freshet.invalidator.cli.drop.DropCommand;
import dev.freshet.invalidator.cli.evict.EvictCommand;
import dev.freshet.invalidator.cli.evict.PurgeCommand;
import dev.freshet.invalidator.cli.explain.ExplainCommand;
import dev.freshet.invalidator.cli.pause.PauseCommand;
import dev.freshet.invalidator.cli.pause.ResumeCommand;
import dev.freshet.invalidator.cli.plan.PlanCommand;
import dev.freshet.invalidator.cli.status.StatusCommand;
import dev.freshet.invalidator.cli.tail.TailCommand;
import dev.freshet.invalidator.init.InitCommand;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.ProcessEnd;
import dev.freshet.support.config.cli.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator}: the sidecar's commands. */
@Command(
        name = "freshet invalidator",
        mixinStandardHelpOptions = true,
        description = "Keeps a Redis cache coherent with PostgreSQL by reading the write-ahead log.",
        subcommands = {
            InitCommand.class,
            CheckCommand.class,
            RunCommand.class,
            StatusCommand.class,
            TailCommand.class,
            ExplainCommand.class,
            AuditCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            EvictCommand.class,
            PurgeCommand.class,
            DropCommand.class,
            PlanCommand.class,
            TestCommand.class,
            RecordCommand.class,
            HelpCommand.class,
            CompletionCommand.class
        })
public final class InvalidatorMain implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        LogLevels.quiet();
        ProcessEnd.exit(CommandRunner.run(new InvalidatorMain(), Environment.ofProcess(), arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
