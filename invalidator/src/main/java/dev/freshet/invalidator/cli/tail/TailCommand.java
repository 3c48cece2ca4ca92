// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.tail;

import dev.freshet.invalidator.cli.SourceOptions;
import dev.freshet.invalidator.cli.recent.AdminOption;
import dev.freshet.invalidator.cli.recent.AdminPort;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.ProcessEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator tail}: shows transactions as they are evicted. Changes nothing. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "Shows the transactions that a running invalidator processes: what they changed, what that evicted, and why.",
            "With a mapping also by which line of it. Shows ids of rows and names of keys, never other values. Ctrl-C ends."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet tail --admin-url http://127.0.0.1:8083 --mapping shop.yaml --key 'stock:*'",
            "",
            "Exit codes: 0 ended by Ctrl-C, by --count or by --no-follow; 1 the invalidator did not answer; 2 wrong usage."
        })
public final class TailCommand implements Callable<Integer> {
    private static final long CLOSE_MILLIS = 2_000;

    enum Format {
        text,
        json
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminOption admin;

    @Option(names = "--mapping", paramLabel = "FILE", description = "Mapping file: name the line of each eviction.")
    private Path mappingFile;

    @Option(names = "--table", paramLabel = "TABLE", description = "Only changes of this table, and what they evict.")
    private String table;

    @Option(
            names = "--key",
            paramLabel = "PATTERN",
            description = "Only evictions of keys, patterns or tags that match; * and ? are wildcards.")
    private String key;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = "Only evictions by this template of the mapping, as it is written there, or by the number of"
                    + " its line; or by tags of this entity.")
    private String rule;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of the transactions that are over to show first. Default: ${DEFAULT-VALUE}.")
    private int last;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many changes, and evictions, to show of a transaction. Default: ${DEFAULT-VALUE}.")
    private int most;

    @Option(names = "--count", paramLabel = "N", description = "End after so many transactions.")
    private Long count;

    @Option(
            names = "--follow",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait for further transactions. Default: yes.")
    private boolean follow;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format: text, or json with one object a line. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Override
    public Integer call() {
        atLeast("--last", last, 0);
        atLeast("--most", most, 1);
        atLeast("--count", count == null ? 1 : count, 1);
        if (rule != null && mappingFile == null) {
            throw new ParameterException(
                    spec.commandLine(), "--rule is given without a mapping; expected --mapping FILE");
        }
        RuleBook rules = mappingFile == null ? null : new RuleBook(SourceOptions.mapping(mappingFile));
        AdminPort port = admin.port();
        var tail = new Tail(
                port,
                new TailFilter(table, key, rule, rules),
                new TailPrinter(spec.commandLine().getOut(), format == Format.json, most, rules),
                spec.commandLine().getErr(),
                most,
                count == null ? Long.MAX_VALUE : count);
        try {
            if (follow) {
                ProcessEnd.onSignal("freshet-stop", Thread.currentThread()::interrupt, CLOSE_MILLIS);
            }
            tail.last(last);
            if (follow) {
                tail.follow();
            }
        } catch (InterruptedException e) {
            // Ctrl-C: the usual end.
            return ExitCode.OK;
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("the invalidator did not answer: "
                            + (e.getMessage() == null ? "cannot connect to " + port : e.getMessage()));
            return ExitCode.SOFTWARE;
        }
        return ExitCode.OK;
    }

    private static void atLeast(String setting, long given, long least) {
        if (given < least) {
            throw ConfigException.bad(setting, Long.toString(given), "a number from " + least);
        }
    }
}
