// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.pause;

import dev.freshet.invalidator.cli.recent.AdminOption;
import dev.freshet.support.config.Environment;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private AdminOption admin;

    @Override
    public Integer call() throws InterruptedException {
        return new Order(
                        admin.port(),
                        Environment.ofProcess(),
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                .give("/resume", WORKING::contains, "it goes on with slot SLOT; LAG bytes of WAL are to be read.");
    }
}
