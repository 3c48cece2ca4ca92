// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.Codes;
import dev.freshet.model.mapping.Hint;
import dev.freshet.support.config.terminal.EscapedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet help}: lists the codes of findings, or explains one. */
@Command(
        name = "help",
        mixinStandardHelpOptions = true,
        description =
                "Explains a finding of check or run by its code: what it means, what happens if it stays, what to do."
                        + " Without CODE: lists the codes.")
public final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "CODE|COMMAND",
            description = "A code, such as FR234; or a command, whose options are listed.")
    private String subject;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        CommandLine all = spec.commandLine().getParent();
        if (subject == null) {
            out.print(CodeText.list());
        } else {
            Optional<Code> code = Codes.find(subject);
            CommandLine command = all.getSubcommands().get(subject);
            if (code.isPresent()) {
                out.print(CodeText.of(code.get()));
            } else if (command != null) {
                command.usage(EscapedOutput.beneath(out));
            } else {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no code or command '" + subject + "'; "
                                + Hint.nearest(subject, known(all))
                                        .map(near -> "did you mean '" + near + "'?")
                                        .orElse("'freshet help' lists the codes"));
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static List<String> known(CommandLine all) {
        var known = new ArrayList<>(all.getSubcommands().keySet());
        Codes.all().forEach(code -> known.add(code.id()));
        return known;
    }
}
