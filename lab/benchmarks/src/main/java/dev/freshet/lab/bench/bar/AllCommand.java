// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.bar;

import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.StoredRun;
import dev.freshet.lab.bench.result.StoredRuns;
import dev.freshet.lab.bench.result.TextTable;
import dev.freshet.lab.bench.run.Ending;
import dev.freshet.lab.terminal.Screen;
import dev.freshet.support.config.cli.FreshetVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet bench all}. */
@Command(
        name = "all",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Runs every benchmark, one after the other, and says what holds of that which Freshet must reach.",
            "Ends with 1 if a benchmark failed. What does not hold does not count as a failure: machines differ."
        })
public final class AllCommand implements Callable<Integer> {
    @Option(names = "--quick", description = "Less of everything; all in a quarter of an hour.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often everything is measured. Default: 3, with --quick 1.")
    private Integer rounds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/bench",
            description = "Folder for the results, a JSON file of each benchmark. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Spec
    private CommandSpec spec;

    private final Screen screen = Screen.ofProcess();
    private final Supplier<CommandLine> commands;

    /** @param commands all of them, ready to run */
    public AllCommand(Supplier<CommandLine> commands) {
        this.commands = commands;
    }

    @Override
    @SuppressWarnings("try") // the last words may have to be said as long as this is open
    public Integer call() throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new ParameterException(spec.commandLine(), "--out is '" + out + "', which is not a folder");
        }
        Files.createDirectories(out);
        var measured = new LinkedHashMap<String, Path>();
        var failed = new ArrayList<String>();
        try (var lastWords = Ending.watch(() -> tell(measured))) {
            for (String benchmark : benchmarks()) {
                Path file = StoredRuns.file(out, benchmark, quick);
                Files.deleteIfExists(file);
                measured.put(benchmark, file);
                screen.line("");
                screen.line(benchmark);
                if (commands.get().execute(arguments(benchmark, file)) != 0) {
                    failed.add(benchmark);
                }
                if (Ending.hasBegun()) {
                    return 1;
                }
            }
        }
        tell(measured);
        if (!failed.isEmpty()) {
            screen.line("failed: " + String.join(", ", failed));
        }
        return failed.isEmpty() ? 0 : 1;
    }

    /** The commands beside this one that write results of a benchmark. */
    private List<String> benchmarks() {
        return spec.parent().subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> command != spec
                        && command.findOption("--rounds") != null
                        && command.findOption("--out") != null)
                .map(CommandSpec::name)
                .toList();
    }

    private String[] arguments(String benchmark, Path file) {
        var arguments = new ArrayList<>(List.of(benchmark, "--out", file.toString()));
        if (quick) {
            arguments.add("--quick");
        }
        if (rounds != null) {
            arguments.addAll(List.of("--rounds", rounds.toString()));
        }
        return arguments.toArray(String[]::new);
    }

    private void tell(Map<String, Path> files) {
        var results = new LinkedHashMap<String, Results>();
        files.forEach((benchmark, file) -> read(file).ifPresent(run -> results.put(benchmark, run.results())));
        screen.line("");
        TextTable.aligned(BarTable.rows(results)).forEach(screen::line);
        screen.line("");
        screen.line(BarTable.count(results));
    }

    private static Optional<StoredRun> read(Path file) {
        try {
            return StoredRuns.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
