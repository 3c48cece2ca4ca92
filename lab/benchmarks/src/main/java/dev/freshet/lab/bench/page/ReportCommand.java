// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.page;

import dev.freshet.support.config.cli.FreshetVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet bench report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Writes the measured part of a page, and its charts, from the results in a folder.",
            "Of each benchmark it takes NAME.json, else NAME-quick.json. The charts are written beside them."
        })
public final class ReportCommand implements Callable<Integer> {
    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "docs/measurements",
            description = "Folder with the results. Default: ${DEFAULT-VALUE}.")
    private Path results;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            defaultValue = "docs/performance.md",
            description = "The page, which has the two marks between which the part is. Default: ${DEFAULT-VALUE}.")
    private Path page;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(results) || !Files.isRegularFile(page)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--results " + results + ", --page " + page + ": expected a folder and a file that exist");
        }
        MeasuredPage.of(results, page).write();
        return 0;
    }
}
