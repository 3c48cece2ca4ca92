// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import dev.freshet.invalidator.cli.SourceOptions;
import dev.freshet.invalidator.cli.servers.ServerOptions;
import dev.freshet.invalidator.cli.status.Thresholds.Limits;
import dev.freshet.support.config.ConfigException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator status}: how the invalidator is, and whether somebody must act. Changes nothing. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "Tells how far evictions are, who works on the slot and who stands by, how much WAL PostgreSQL keeps for",
            "the slot, and what is wrong. Asks each server that is named: the running invalidator, PostgreSQL, Redis."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet status --admin-url http://127.0.0.1:8083 --jdbc-url jdbc:postgresql://localhost/shop",
            "  freshet status --admin-url http://127.0.0.1:8083 --format nagios --warn-lag 10s --critical-lag 1m",
            "",
            "Exit codes: 0 told; 1 a server that was asked did not answer; 2 wrong usage. With --format nagios: 0 ok,",
            "1 warning, 2 critical, 3 unknown."
        })
public final class StatusCommand implements Callable<Integer> {
    private static final Duration LONGEST_SAMPLE = Duration.ofMinutes(1);

    enum Format {
        text,
        json,
        prometheus,
        nagios
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions servers;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Mapping file: tells the namespace in Redis, if no invalidator is asked.")
    private Path mapping;

    @Option(
            names = "--slot",
            paramLabel = "NAME",
            description = "Replication slot. Default: that of the invalidator that is asked, or else freshet.")
    private String slot;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format: text, json, prometheus or nagios. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = "--sample",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "Look twice, so far apart, to measure rates; 0s: look once. Default: ${DEFAULT-VALUE}.")
    private Duration sample;

    @Mixin
    private Thresholds thresholds;

    @Override
    public Integer call() throws InterruptedException {
        Limits limits = thresholds.limits();
        if (sample.compareTo(LONGEST_SAMPLE) > 0) {
            throw ConfigException.bad("--sample", sample.toMillis() + "ms", "0s to 1m");
        }
        if (servers.admin().isEmpty()
                && servers.database().isEmpty()
                && servers.redis().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nobody is named to ask; expected one or more of --admin-url, --jdbc-url and --redis-url");
        }
        try {
            String namespace =
                    mapping == null ? null : SourceOptions.mapping(mapping).namespace();
            String name = slot == null ? null : SourceOptions.slot("--slot", slot);
            return told(new Inquiry(servers, name, namespace, sample).report(), limits);
        } catch (Inquiry.NoNamespaceException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the namespace in Redis is not known; expected --mapping FILE or --admin-url URL beside"
                            + " --redis-url");
        }
    }

    private int told(Report report, Limits limits) {
        List<Finding> findings = Judge.findings(report, limits);
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json -> out.println(StatusJson.of(report, findings));
            case prometheus -> StatusLines.prometheus(report, findings).forEach(out::println);
            case nagios -> out.println(StatusLines.nagios(report, findings, limits));
            default -> new StatusText(out).print(report, findings);
        }
        out.flush();
        if (format == Format.nagios) {
            return Judge.worst(findings).code();
        }
        return report.unanswered().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
