// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.lab.bench.cli.BenchMain;
import dev.freshet.quickstart.QuickstartMain;
import dev.freshet.reader.ReaderMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import dev.freshet.writer.WriterMain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** What {@code ./freshet} understands, by the definitions of its commands. None is run. */
final class FreshetCommand {
    static final Set<String> PROGRAMS = Set.of("invalidator", "writer", "reader", "quickstart", "bench", "example");

    private static final Environment NO_VARIABLES = new Environment(Map.of());
    /** In the launcher: the commands that stand for those of the invalidator. */
    private static final Pattern SHORT =
            Pattern.compile("(?m)^  (\\w+(?: \\| \\w+)+)\\) set -- \"\\$command\" \"\\$@\"; command=invalidator ;;$");
    /** A value that a reader replaces. */
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z_]+|.*…");

    private FreshetCommand() {}

    /**
     * Why this is not understood, if so. A setting that is missing may come from a variable.
     *
     * @param words those behind {@code ./freshet}
     */
    static Optional<String> refusal(List<String> words) {
        return refusal(words, false);
    }

    /** The same of a command that prose only mentions: an option may lack its value. */
    static Optional<String> refusalOfMention(List<String> words) {
        return refusal(words, true);
    }

    private static Optional<String> refusal(List<String> words, boolean mention) {
        if (words.isEmpty()
                || List.of("-h", "--help", "-V", "--version", "version").contains(words.get(0))) {
            return Optional.empty();
        }
        List<String> whole = inFull(words);
        if (!PROGRAMS.contains(whole.get(0))) {
            return Optional.of("there is no command " + whole.get(0));
        }
        CommandLine line = program(whole.get(0));
        collectErrors(line);
        List<String> arguments = arguments(whole);
        return line.parseArgs(arguments.toArray(String[]::new)).asCommandLineList().stream()
                .flatMap(each -> each.getParseResult().errors().stream())
                .filter(error -> !isForgiven(error, mention ? List.of() : arguments))
                .map(Throwable::getMessage)
                .findFirst();
    }

    /** The names of all options of all commands. */
    static Set<String> options() {
        var names = new TreeSet<String>();
        PROGRAMS.forEach(program -> options(program(program).getCommandSpec(), names));
        return names;
    }

    private static void options(CommandSpec spec, Set<String> names) {
        names.addAll(spec.optionsMap().keySet());
        names.addAll(spec.negatedOptionsMap().keySet());
        spec.subcommands().values().forEach(each -> options(each.getCommandSpec(), names));
    }

    private static CommandLine program(String name) {
        return switch (name) {
            case "invalidator" -> CommandRunner.commandLine(new InvalidatorMain(), NO_VARIABLES);
            case "writer" -> CommandRunner.commandLine(new WriterMain(), NO_VARIABLES);
            case "reader" -> CommandRunner.commandLine(new ReaderMain(NO_VARIABLES), NO_VARIABLES);
            case "quickstart" -> new CommandLine(new QuickstartMain());
            case "bench" -> BenchMain.commandLine();
            case "example" -> new CommandLine(CommandSpec.create().addSubcommand("spring", spring()));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Its arguments are read without a library, in {@code dev.freshet.example.demo.Demo}. */
    private static CommandSpec spring() {
        return CommandSpec.create()
                .addOption(OptionSpec.builder("--once").type(boolean.class).build());
    }

    /** As the launcher does it. */
    private static List<String> inFull(List<String> words) {
        String first = words.get(0);
        var launcher = SHORT.matcher(Tree.text("freshet"));
        if (!launcher.find()) {
            throw new AssertionError("the launcher has no line of short commands like " + SHORT);
        }
        boolean isShort = List.of(launcher.group(1).split(" \\| ")).contains(first) || first.equals("help");
        String program = isShort ? "invalidator" : first.equals("token") ? "writer" : "";
        var whole = new ArrayList<>(words);
        if (!program.isEmpty()) {
            whole.add(0, program);
        }
        return whole;
    }

    /** Those of the program. The writer serves if it is told nothing else. */
    private static List<String> arguments(List<String> whole) {
        var arguments = new ArrayList<>(whole.subList(1, whole.size()));
        if (whole.get(0).equals("writer")
                && !arguments.isEmpty()
                && arguments.get(0).startsWith("--")) {
            arguments.add(0, "serve");
        }
        return arguments;
    }

    private static void collectErrors(CommandLine line) {
        line.getCommandSpec().parser().collectErrors(true);
        line.getSubcommands().values().forEach(FreshetCommand::collectErrors);
    }

    private static boolean isForgiven(Exception error, List<String> arguments) {
        if (error instanceof MissingParameterException missing) {
            return missing.getMissing().stream()
                    .noneMatch(each -> each instanceof OptionSpec option
                            && arguments.stream().anyMatch(List.of(option.names())::contains));
        }
        return error instanceof ParameterException wrong
                && wrong.getValue() != null
                && PLACEHOLDER.matcher(wrong.getValue()).matches();
    }
}
