// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.core.plan.Planner;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.invalidator.run.postgres.PostgresSource;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.MissingReference;
import dev.freshet.model.mapping.Problem;
import dev.freshet.postgres.connection.FailureCause;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.CatalogRights;
import dev.freshet.postgres.setup.SourceInspection;
import dev.freshet.postgres.tables.ForeignKeys;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.postgres.SqlFailure;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator check}: checks a mapping against a database. Changes nothing unless told to. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a mapping against a database: tables, columns, replica identities, publication, slot, rights.",
            "Prints each problem with the statement that fixes it. Exit code: 0 if no change would be missed, else 1."
        })
public final class CheckCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(CheckCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private SourceOptions source;

    @Option(
            names = "--sql",
            description = "Print only the statements, ready to paste, each with a comment on its purpose.")
    private boolean sql;

    @Option(
            names = "--apply",
            arity = "0..1",
            split = ",",
            fallbackValue = Permission.OWN,
            paramLabel = "WHAT",
            description = {
                "Run the statements as the connected role, until there is nothing left to run. Without WHAT: only",
                "those that create the publication and the slot, or change a publication that Freshet created.",
                "With WHAT, also: rights, replica-identity, publication (created by others), slot, warnings;",
                "separated by commas."
            })
    private List<String> apply;

    @Option(
            names = "--for-role",
            paramLabel = "ROLE",
            description = {
                "Check the rights of this role instead of the connected one. With --apply: set up everything for it,",
                "including rights and replica identities. Connect as an administrator."
            })
    private String role;

    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            description = "Also count the keys that a purge would delete by pattern. Uses SCAN and deletes nothing.")
    private String redisUrl;

    @Option(
            names = "--most-keys",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Maximum number of Redis keys to scan per pattern. Default: ${DEFAULT-VALUE}.")
    private long mostKeys;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Mapping mapping;
        try {
            mapping = source.mapping();
        } catch (MappingException e) {
            spec.commandLine().getErr().println(e.getMessage());
            suggestReferences(e.missingReferences());
            return CommandLine.ExitCode.USAGE;
        }
        Optional<SetUp> setUp = Optional.empty();
        try (Connection connection = new PostgresConnections(source.database()).open("check")) {
            if (apply != null) {
                setUp = Optional.of(new SetUp(
                        connection,
                        Permission.of(apply, role != null),
                        out,
                        spec.commandLine().getErr()));
                setUp.get().run(() -> everything(connection, mapping));
            }
            List<Shortcoming> missing = new ArrayList<>(CatalogRights.inspect(connection, Optional.ofNullable(role)));
            List<Problem> problems = List.of();
            try {
                problems = new MappedDatabase(mapping).problems(connection);
                missing.addAll(SourceInspection.inspect(connection, names(mapping), Optional.ofNullable(role)));
            } catch (SQLException | JdbiException e) {
                if (missing.isEmpty() || !FailureCause.isDenied(e)) {
                    throw e;
                }
                print(out, problems, missing);
                spec.commandLine()
                        .getErr()
                        .println((role == null ? "Without these rights" : "Without rights of its own")
                                + " check cannot inspect everything; run it again once they are granted.");
                return sql ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
            }
            print(out, problems, missing);
            boolean errors = problems.stream().anyMatch(Problem::isError) || !missing.isEmpty();
            if (setUp.isPresent() && !sql) {
                setUp.get().tellLeftOut(everything(connection, mapping));
            }
            if (!sql && !tellKeys(connection, mapping)) {
                return CommandLine.ExitCode.SOFTWARE;
            }
            if (!errors && !sql) {
                out.println("Nothing would be missed.");
            }
            return errors && !sql ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        } catch (SQLException e) {
            spec.commandLine().getErr().println("could not ask the database: " + SqlFailure.message(e));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Returns false if Redis should have been asked but did not answer. */
    private boolean tellKeys(Connection connection, Mapping mapping) throws InterruptedException {
        var report = new KeyReport(
                new MappedDatabase(mapping).patterns(connection, List.of()),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        if (redisUrl == null) {
            report.names();
            return true;
        }
        return report.counts(redisUrl, Environment.ofProcess(), mostKeys);
    }

    /** Suggests references from foreign keys. If the database does not answer, the mapping's own problems must do. */
    private void suggestReferences(List<MissingReference> missing) {
        if (missing.isEmpty()) {
            return;
        }
        try (Connection connection = new PostgresConnections(source.database()).open("check")) {
            for (MissingReference each : missing) {
                ForeignKeys.suggestions(connection, each)
                        .forEach(spec.commandLine().getErr()::println);
            }
        } catch (SQLException e) {
            LOG.debug("could not look up foreign keys: {}", SqlFailure.message(e));
        }
    }

    /**
     * Everything that a statement can fix, including mere warnings about the mapping, in the order in which to fix it.
     */
    private List<Shortcoming> everything(Connection connection, Mapping mapping) throws SQLException {
        var lacking = new ArrayList<>(CatalogRights.inspect(connection, Optional.ofNullable(role)));
        try {
            lacking.addAll(ofMapping(connection, mapping));
        } catch (SQLException | JdbiException e) {
            if (lacking.isEmpty() || !FailureCause.isDenied(e)) {
                throw e;
            }
        }
        return lacking;
    }

    private List<Shortcoming> ofMapping(Connection connection, Mapping mapping) throws SQLException {
        var lacking = new ArrayList<Shortcoming>();
        for (Problem problem : new MappedDatabase(mapping).problems(connection)) {
            lacking.add(new Shortcoming(
                    problem.message(),
                    problem.remedy().stream().toList(),
                    false,
                    problem.isError() ? Topic.REPLICA_IDENTITY : Topic.WARNINGS));
        }
        lacking.addAll(SourceInspection.inspect(connection, names(mapping), Optional.ofNullable(role)));
        return lacking;
    }

    private CaptureScope names(Mapping mapping) {
        return PostgresSource.scope(source.slot(), source.publication(), mapping, new Planner(mapping));
    }

    private void print(PrintWriter out, List<Problem> problems, List<Shortcoming> missing) {
        List<String> lines = new ArrayList<>();
        if (sql) {
            problems.forEach(problem -> {
                lines.add("-- " + problem.at() + ": " + (problem.isError() ? "" : "optional: ") + problem.message());
                problem.remedy().ifPresent(remedy -> lines.add((problem.isError() ? "" : "-- ") + remedy));
            });
            missing.forEach(shortcoming -> {
                lines.add("-- " + shortcoming.message());
                lines.addAll(shortcoming.remedy());
            });
        } else {
            problems.forEach(problem -> lines.add(problem.toString()));
            missing.forEach(shortcoming -> lines.add(shortcoming.toString()));
        }
        // Several problems may have the same statement.
        (sql ? lines.stream().distinct() : lines.stream()).forEach(out::println);
        out.flush();
    }
}
