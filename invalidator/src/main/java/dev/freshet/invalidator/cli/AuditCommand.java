// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.audit.AuditCounts;
import dev.freshet.audit.AuditSettings;
import dev.freshet.audit.Auditor;
import dev.freshet.audit.entry.CachedEntries;
import dev.freshet.audit.jdbc.JdbcRowVersions;
import dev.freshet.audit.redis.RedisEntries;
import dev.freshet.audit.rows.RowVersions;
import dev.freshet.core.plan.TagCoverage;
import dev.freshet.invalidator.cli.recent.HttpHistorySource;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.postgres.JdbcOptions;
import dev.freshet.support.config.postgres.SqlFailure;
import dev.freshet.support.config.redis.RedisOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator audit}: checks cached entries against the rows they were computed from. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "Checks cached entries against PostgreSQL while everything keeps running; changes nothing.",
            "An entry is a violation if a row changed after the entry was loaded and the published position has passed",
            "that change."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0 no violations; 1 violations; 2 wrong usage; 4 nothing could be checked;",
            "  6 PostgreSQL or Redis did not answer.",
            "  Ctrl-C ends --continuous with 0, 1 or 4, and an unfinished single round with 130, or with 1 if it",
            "  found violations."
        })
public final class AuditCommand implements Callable<Integer> {
    private static final int VIOLATIONS = 1;
    private static final int FAILED = 6;
    private static final int NOTHING = 4;
    private static final long STOP_SECONDS = 30;
    private static final int USUAL_SAMPLE = 1_000;

    enum Format {
        text,
        json
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private JdbcOptions jdbc;

    @Mixin
    private RedisOptions redis;

    @Option(names = "--mapping", paramLabel = "FILE", description = "The invalidator's mapping. Required.")
    private Path mappingFile;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Check N entries, chosen at random. Default: " + USUAL_SAMPLE + ".")
    private Integer sample;

    @Option(names = "--all", description = "Check every entry.")
    private boolean all;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Maximum number of entries per second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--continuous", description = "Repeat rounds until Ctrl-C.")
    private boolean continuous;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "Pause between rounds. Default: ${DEFAULT-VALUE}.")
    private Duration interval;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long to wait for the published position to pass a change. Default: ${DEFAULT-VALUE}.")
    private Duration patience;

    @Option(
            names = "--recent-url",
            paramLabel = "URL",
            description = {
                "URL of the invalidator's /recent page, which shows what it evicted and why.",
                "Example: http://127.0.0.1:8083/recent. Without it, many recent changes stay undecided."
            })
    private String recentUrl;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format: text, or json with one object per line. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        var counts = new AuditCounts();
        var report = new AuditReport(spec.commandLine().getOut(), err, format == Format.json, System.console() != null);
        var end = new CompletableFuture<Integer>();
        int code = FAILED;
        try {
            code = audit(counts, report, end);
        } catch (MappingException e) {
            err.println(e.getMessage());
            code = CommandLine.ExitCode.USAGE;
        } catch (SQLException e) {
            err.println("could not ask the database: " + SqlFailure.message(e));
        } catch (RowVersions.UnavailableException e) {
            String why = e.getCause() instanceof SQLException cause ? SqlFailure.message(cause) : e.getMessage();
            err.println("could not ask the database: " + why);
        } catch (CachedEntries.UnavailableException e) {
            err.println("could not ask Redis: " + e.getMessage());
        } finally {
            err.flush();
            end.complete(code);
        }
        return code;
    }

    private int audit(AuditCounts counts, AuditReport report, CompletableFuture<Integer> end)
            throws SQLException, InterruptedException {
        var settings = settings();
        Mapping mapping = SourceOptions.mapping(mappingFile);
        var history = recentUrl == null ? null : new HttpHistorySource(recentUrl);
        var connections = new PostgresConnections(jdbc.settings(Environment.ofProcess()));
        try (var cache = new RedisEntries(redis(mapping));
                var connection = connections.open("audit");
                var rows = new JdbcRowVersions(connection, mapping)) {
            var auditor = new Auditor(mapping, TagCoverage.of(mapping), cache, rows, history, settings, counts, report);
            try {
                untilStopped(auditor, end);
            } finally {
                report.summary(counts, auditor.reservations());
            }
            if (counts.allViolations() > 0) {
                return VIOLATIONS;
            }
            return auditor.reservations().nothing() ? NOTHING : CommandLine.ExitCode.OK;
        }
    }

    private AuditSettings settings() {
        if (all && sample != null) {
            throw ConfigException.badSecret("--sample", "is given beside --all", "one of them");
        }
        if (sample != null && sample < 1) {
            throw ConfigException.bad("--sample", sample.toString(), "a number from 1");
        }
        if (rate < 1) {
            throw ConfigException.bad("--rate", Integer.toString(rate), "a number from 1");
        }
        return new AuditSettings(all ? 0 : sample == null ? USUAL_SAMPLE : sample, rate, patience);
    }

    private EvictorSettings redis(Mapping mapping) {
        var keys = new CacheKeys(mapping.namespace());
        return redis.settings(Environment.ofProcess())
                .parsed((url, password) -> new EvictorSettings(url, password, keys));
    }

    private void untilStopped(Auditor auditor, CompletableFuture<Integer> end) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(auditor, end), "freshet-stop"));
        do {
            auditor.round();
        } while (continuous && auditor.pause(interval));
    }

    /** Ctrl-C ends the round and waits for the summary. With {@code --continuous} this is the normal way to end. */
    private void stop(Auditor auditor, CompletableFuture<Integer> end) {
        if (end.isDone()) {
            return;
        }
        auditor.stop();
        try {
            int code = end.get(STOP_SECONDS, TimeUnit.SECONDS);
            if (continuous || code == VIOLATIONS || code == FAILED) {
                // Otherwise the exit code would be that of the signal.
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            spec.commandLine().getErr().println("the audit did not stop in time: " + e);
        }
    }
}
