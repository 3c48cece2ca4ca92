// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.invalidator.cli.SourceOptions;
import dev.freshet.invalidator.cli.check.Report.State;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Layer;
import dev.freshet.model.finding.RedisCode;
import dev.freshet.model.finding.Severity;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.MissingReference;
import dev.freshet.model.mapping.Problem;
import dev.freshet.model.mapping.check.HiddenTemplates;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.tables.ForeignKeys;
import dev.freshet.redis.cache.inspect.RedisInspection;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.postgres.SqlFailure;
import dev.freshet.support.config.redis.RedisSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator check}: checks a mapping, its database and Redis. Changes nothing unless told to. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a mapping by itself, against its database and, if it is given, against Redis.",
            "In the database: tables, columns, replica identities, publication, slot, rights, failover. Prints each",
            "finding with its code, and with the statement that fixes it; 'freshet help CODE' explains a code. Exit code:",
            "0 if no change would be missed; 1 if some would, or if a server did not answer; 2 for wrong usage or a mapping",
            "that cannot be read."
        })
public final class CheckCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(CheckCommand.class);

    enum Format {
        text,
        json
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private CheckServers servers;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Mapping file: what each table's changes make stale. Required.")
    private Path mappingFile;

    @Option(
            names = "--slot",
            paramLabel = "NAME",
            defaultValue = "freshet",
            description = "Replication slot; created if missing. Default: ${DEFAULT-VALUE}.")
    private String slot;

    @Option(
            names = "--publication",
            paramLabel = "NAME",
            defaultValue = "freshet",
            description = "Publication; created if missing. Default: ${DEFAULT-VALUE}.")
    private String publication;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format: text, or json. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--strict", description = "End with 1 for warnings, too.")
    private boolean strict;

    @Option(names = "--all", description = "List each note. Without it, many of one code are told in one line.")
    private boolean all;

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
            names = "--most-keys",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Maximum number of Redis keys to scan per pattern. Default: ${DEFAULT-VALUE}.")
    private long mostKeys;

    private Report report;
    /** Whether the database did not answer. */
    private boolean unreachable;

    @Override
    public Integer call() throws InterruptedException {
        report = new Report();
        unreachable = false;
        requireOneMeaning();
        Optional<JdbcSettings> database = servers.database(spec);
        Mapping mapping;
        try {
            mapping = SourceOptions.mapping(mappingFile);
        } catch (MappingException e) {
            refuse(e, database);
            return ExitCode.USAGE;
        }
        report.add(
                Layer.MAPPING,
                State.CHECKED,
                HiddenTemplates.find(mapping).stream().map(Problem::finding).toList());
        if (database.isPresent()) {
            checkServers(mapping, database.get());
        } else {
            tell();
        }
        boolean failed = report.hasErrors() || strict && report.count(Severity.WARNING) > 0;
        return unreachable || failed && !sql ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void requireOneMeaning() {
        if (sql && format == Format.json) {
            throw new ParameterException(
                    spec.commandLine(), "--sql is given beside --format json; expected one of them");
        }
        if (servers.offline() && (apply != null || role != null || sql)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--offline is given beside --apply, --for-role or --sql, which need a database; expected one of them");
        }
    }

    /** Tells what is wrong with the file, and what foreign keys suggest for it. */
    private void refuse(MappingException refused, Optional<JdbcSettings> database) {
        report.add(
                Layer.MAPPING,
                State.CHECKED,
                refused.problems().stream().map(Problem::finding).toList());
        if (format == Format.json) {
            json();
            return;
        }
        new ReportText(err(), all).findings(report);
        database.ifPresent(settings -> suggestReferences(refused.missingReferences(), settings));
        err().flush();
    }

    /** Suggests references from foreign keys. If the database does not answer, the mapping's own problems must do. */
    private void suggestReferences(List<MissingReference> missing, JdbcSettings database) {
        if (missing.isEmpty()) {
            return;
        }
        try (Connection connection = new PostgresConnections(database).open("check")) {
            for (MissingReference each : missing) {
                ForeignKeys.suggestions(connection, each).forEach(err()::println);
            }
        } catch (SQLException e) {
            LOG.debug("could not look up foreign keys: {}", SqlFailure.message(e));
        }
    }

    private void checkServers(Mapping mapping, JdbcSettings settings) throws InterruptedException {
        var database = new DatabaseLayer(
                mapping,
                SourceOptions.slot("FRESHET_SLOT", slot),
                SourceOptions.publication(publication),
                Optional.ofNullable(role),
                settings);
        try (Connection connection = new PostgresConnections(settings).open("check")) {
            Optional<SetUp> setUp = Optional.empty();
            if (apply != null) {
                setUp = Optional.of(new SetUp(connection, Permission.of(apply, role != null), besides(), err()));
                setUp.get().run(() -> database.mendable(connection));
            }
            DatabaseLayer.Look look = database.look(connection);
            report.add(Layer.DATABASE, look.whole() ? State.CHECKED : State.INCOMPLETE, look.findings());
            if (look.whole() && !sql) {
                keysAndRedis(database, connection);
            }
            tell();
            if (look.whole() && setUp.isPresent() && !sql) {
                setUp.get().tellLeftOut(database.mendable(connection));
                besides().flush();
            }
        } catch (SQLException e) {
            unreachable = true;
            report.add(Layer.DATABASE, State.INCOMPLETE, List.of(DatabaseLayer.unanswered(e)));
            if (sql) {
                // Standard output may be piped to psql.
                new ReportText(err(), all).findings(report);
            } else {
                tell();
            }
        }
    }

    private void keysAndRedis(DatabaseLayer database, Connection connection) throws SQLException, InterruptedException {
        var keys = new PurgeKeys(database.patterns(connection));
        Optional<RedisSettings> redis = servers.redis();
        if (redis.isEmpty()) {
            report.add(Layer.DATABASE, State.CHECKED, keys.names());
            return;
        }
        List<Finding> found;
        try (var inspection = redis.get().parsed(RedisInspection::new)) {
            found = inspection.look(database.namespace(), database.owner(connection));
        }
        if (answered(found)) {
            List<Finding> counts = keys.counts(redis.get(), mostKeys, err());
            report.add(Layer.REDIS, answered(counts) ? State.CHECKED : State.INCOMPLETE, found);
            report.add(Layer.REDIS, report.state(Layer.REDIS), counts);
        } else {
            report.add(Layer.REDIS, State.INCOMPLETE, found);
        }
    }

    private static boolean answered(List<Finding> found) {
        return found.stream().noneMatch(finding -> finding.code() == RedisCode.NO_ANSWER);
    }

    private void tell() {
        if (format == Format.json) {
            json();
        } else if (sql) {
            new ReportText(out(), all).statements(report);
        } else {
            var text = new ReportText(out(), all);
            text.findings(report);
            text.verdict(report);
        }
    }

    private void json() {
        out().println(ReportJson.of(report));
        out().flush();
    }

    /** For what is told beside the findings: JSON stands alone on standard output. */
    private PrintWriter besides() {
        return format == Format.json ? err() : out();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
