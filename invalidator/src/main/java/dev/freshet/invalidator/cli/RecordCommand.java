// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.core.source.SetupException;
import dev.freshet.invalidator.record.Recorder;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.tables.TableNames;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.OutputFile;
import dev.freshet.support.config.ProcessEnd;
import dev.freshet.support.config.postgres.JdbcOptions;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator record}: writes a live stream of changes to a file that {@code plan} reads. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Writes committed changes to a file until Ctrl-C, one event in Debezium's JSON envelope per line.",
            "The file contains row values."
        })
public final class RecordCommand implements Callable<Integer> {
    private static final long STOP_SECONDS = 20;
    private static final long CLOSE_MILLIS = 5_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private JdbcOptions jdbc;

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "Output file; overwritten.")
    private Path file;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Record the tables of this mapping. Required without --tables.")
    private Path mapping;

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "SCHEMA.TABLE",
            description = "Record these tables instead of those of a mapping.")
    private List<String> tables;

    // Without the longer name, the FRESHET_SLOT of a running invalidator would apply to this option.
    @Option(
            names = {"--slot", "--record-slot"},
            paramLabel = "NAME",
            description = "Read and advance this slot. Default: a temporary slot, dropped at the end.")
    private String slot;

    @Option(
            names = "--publication",
            paramLabel = "NAME",
            defaultValue = "freshet",
            description = "Publication; created if missing. Default: ${DEFAULT-VALUE}.")
    private String publication;

    @Option(names = "--snapshot", description = "First write every row of the tables, so that plan knows them all.")
    private boolean snapshot;

    @Option(names = "--max-events", paramLabel = "N", description = "Stop after N events.")
    private long maxEvents = Long.MAX_VALUE;

    @Option(
            names = "--idle-exit",
            paramLabel = "TIME",
            description = "Stop after this long without an event, such as 10s.")
    private Duration idleExit;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        if (snapshot && slot != null) {
            throw ConfigException.badSecret(
                    "--snapshot", "is given beside --slot", "one of them: a snapshot needs a new slot");
        }
        if (maxEvents < 1) {
            throw ConfigException.bad("--max-events", Long.toString(maxEvents), "a number from 1");
        }
        if (tables != null && tables.stream().anyMatch(String::isBlank)) {
            throw ConfigException.bad("--tables", String.join(",", tables), "schema.table,schema.table");
        }
        OutputFile.require("--file", file);
        String name = slot != null
                ? SourceOptions.slot("--slot", slot)
                : "freshet_record_"
                        + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        JdbcSettings database = jdbc.settings(Environment.ofProcess());
        try {
            List<TableName> wanted = tables();
            List<String> wrong = problems(database, wanted);
            if (!wrong.isEmpty()) {
                wrong.forEach(spec.commandLine().getErr()::println);
                return CommandLine.ExitCode.SOFTWARE;
            }
            var recorder = new Recorder(new Recorder.Settings(
                    database,
                    wanted,
                    name,
                    slot == null,
                    SourceOptions.publication(publication),
                    file,
                    snapshot,
                    maxEvents,
                    idleExit));
            record(recorder);
            return CommandLine.ExitCode.OK;
        } catch (SetupException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static List<String> problems(JdbcSettings database, List<TableName> tables) throws SQLException {
        try (Connection connection = new PostgresConnections(database).open("record")) {
            return TableNames.problems(connection, tables);
        }
    }

    /** Ctrl-C stops the recorder and waits until its slot is dropped. */
    private void record(Recorder recorder) throws IOException, SQLException, InterruptedException {
        var done = new CountDownLatch(1);
        ProcessEnd.onSignal("freshet-stop", () -> stop(recorder, done), CLOSE_MILLIS);
        try {
            long events = recorder.run(() -> {
                spec.commandLine().getErr().println("recording to " + file);
                spec.commandLine().getErr().flush();
            });
            spec.commandLine().getErr().println(events + " events");
            spec.commandLine().getErr().flush();
        } finally {
            done.countDown();
        }
    }

    private static void stop(Recorder recorder, CountDownLatch done) {
        recorder.stop();
        try {
            done.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<TableName> tables() {
        if (tables != null) {
            return tables.stream().map(RecordCommand::table).toList();
        }
        return SourceOptions.mapping(mapping).tables();
    }

    private static TableName table(String text) {
        return TableName.read(text)
                .orElseThrow(() -> ConfigException.bad("--tables", text, "schema.table,schema.table"));
    }
}
