// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.pause;

import dev.freshet.support.config.Environment;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator resume}: a paused invalidator goes on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Tells a paused invalidator to go on where it was: what was committed meanwhile is evicted then.",
            "Needs the token of the invalidator, in FRESHET_ADMIN_TOKEN or its _FILE."
        },
        footerHeading = "%nExit codes:%n",
        footer = "0 it reads again; 1 it does not answer, refuses, or does not read after 30 s; 2 wrong usage.")
public final class ResumeCommand implements Callable<Integer> {
    private static final Set<String> WORKING = Set.of("catching-up", "streaming", "standby");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--admin-url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8083",
            description = "The admin port of the invalidator. Default: ${DEFAULT-VALUE}.")
    private String adminUrl;

    @Override
    public Integer call() throws InterruptedException {
        return new Order(
                        adminUrl,
                        Environment.ofProcess(),
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                .give("/resume", WORKING::contains, "it goes on with slot SLOT; LAG bytes of WAL are to be read.");
    }
}
