// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.invalidator.plan.Planner;
import dev.freshet.invalidator.run.MappedDatabase;
import dev.freshet.invalidator.run.RunSettings;
import dev.freshet.invalidator.source.PostgresConnections;
import dev.freshet.invalidator.source.Shortcoming;
import dev.freshet.invalidator.source.SourceInspection;
import dev.freshet.invalidator.source.SourceNames;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.Problem;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator check}: holds a mapping against a database, and changes nothing unless told to. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Holds a mapping against a database: tables, columns, replica identities, publication, slot, rights.",
            "Prints each problem with the statement that mends it. Exit code 0 if nothing would be missed, else 1."
        })
public final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SourceOptions source;

    @Option(names = "--sql", description = "Print only the statements, ready to paste, as a comment what each is for.")
    private boolean sql;

    @Option(
            names = "--apply",
            description = "Run the statements, with the rights of the role that connects, and check again.")
    private boolean apply;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Mapping mapping;
        try {
            mapping = source.mapping();
        } catch (MappingException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        try (Connection connection = new PostgresConnections(source.database()).open("check")) {
            if (apply) {
                apply(connection, mapping, out);
            }
            List<Problem> problems = new MappedDatabase(mapping).problems(connection);
            List<Shortcoming> missing = SourceInspection.inspect(connection, names(mapping));
            print(out, problems, missing);
            boolean errors = problems.stream().anyMatch(Problem::isError) || !missing.isEmpty();
            if (!errors && !sql) {
                out.println("Nothing would be missed.");
            }
            return errors && !sql ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        } catch (SQLException e) {
            spec.commandLine().getErr().println("could not ask the database: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void apply(Connection connection, Mapping mapping, PrintWriter out) throws SQLException {
        for (Problem problem : new MappedDatabase(mapping).problems(connection)) {
            if (problem.isError() && problem.remedy().isPresent()) {
                run(connection, problem.remedy().get(), out);
            }
        }
        for (Shortcoming missing : SourceInspection.inspect(connection, names(mapping))) {
            for (String statement : missing.remedy()) {
                if (!run(connection, statement, out)) {
                    // They build upon one another: a slot that is older than its publication is of no use.
                    return;
                }
            }
        }
    }

    /** Returns false if the server refused it. What is left to do is told in the end. */
    private boolean run(Connection connection, String sql, PrintWriter out) throws SQLException {
        out.println(sql);
        out.flush();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            if (connection.isClosed()) {
                throw e;
            }
            spec.commandLine().getErr().println("refused: " + e.getMessage());
            return false;
        }
    }

    private SourceNames names(Mapping mapping) {
        return RunSettings.names(source.slot(), source.publication(), mapping, new Planner(mapping));
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
        // Several things may ask for the same statement.
        (sql ? lines.stream().distinct() : lines.stream()).forEach(out::println);
        out.flush();
    }
}
