// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.pause;

import dev.freshet.invalidator.cli.recent.AdminOption;
import dev.freshet.support.config.Environment;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator pause}: a running invalidator holds still for a while. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "Tells a running invalidator to hold still: it reads, evicts and publishes nothing, and keeps the slot.",
            "PostgreSQL keeps all WAL for the slot meanwhile, so the pause ends by itself after a while; also when the",
            "process is started anew. Needs the token of the invalidator, in FRESHET_ADMIN_TOKEN or its _FILE."
        },
        footerHeading = "%nExit codes:%n",
        footer = "0 it is paused; 1 it does not answer, refuses, or is still at work after 30 s; 2 wrong usage.")
public final class PauseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminOption admin;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "When to go on without being told, up to 24h. Default: ${DEFAULT-VALUE}.")
    private Duration atMost;

    @Override
    public Integer call() throws InterruptedException {
        return new Order(
                        admin.port(),
                        Environment.ofProcess(),
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                .give(
                        "/pause?for=" + atMost.toMillis() + "ms",
                        "paused"::equals,
                        "paused. LAG bytes of WAL are not acknowledged, and PostgreSQL keeps what comes for slot SLOT:"
                                + " watch it with 'freshet status', go on with 'freshet resume'.");
    }
}
