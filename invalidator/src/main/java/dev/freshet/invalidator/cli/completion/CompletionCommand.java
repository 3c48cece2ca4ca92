// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.completion;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes {@code freshet}'s commands and options in bash and zsh. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that lets bash or zsh complete Freshet's commands and options.",
        footerHeading = "%nTo use it, put this into ~/.bashrc or ~/.zshrc:%n",
        footer = "  source <(/path/to/freshet completion)")
public final class CompletionCommand implements Callable<Integer> {
    /** The launcher's commands that are not the invalidator's; their own options are not completed. */
    private static final List<String> OTHERS = List.of("quickstart", "writer", "reader", "bench", "token");

    /** The invalidator's commands that the launcher also takes alone. */
    public static final List<String> SHORT = List.of(
            "init", "status", "tail", "evict", "purge", "pause", "resume", "drop", "explain", "test", "completion");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(script(spec.commandLine().getParent()));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private static String script(CommandLine invalidator) {
        var freshet = new CommandLine(CommandSpec.create().name("freshet"));
        OTHERS.forEach(name -> freshet.addSubcommand(name, new CommandLine(CommandSpec.create())));
        freshet.addSubcommand(
                "invalidator", new CommandLine(invalidator.getCommandSpec().userObject()));
        SHORT.forEach(name -> freshet.addSubcommand(
                name,
                new CommandLine(invalidator
                        .getSubcommands()
                        .get(name)
                        .getCommandSpec()
                        .userObject()
                        .getClass())));
        return AutoComplete.bash("freshet", freshet);
    }
}
