// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.process;

import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.Ports;
import dev.freshet.devservices.stack.Jars;
import dev.freshet.devservices.stack.ServiceLaunch;
import dev.freshet.lab.bench.subject.ItemKey;
import dev.freshet.lab.bench.subject.SubjectMain;
import dev.freshet.lab.bench.subject.SubjectSettings;
import dev.freshet.lab.bench.world.ItemTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts subjects, each in a JVM of its own with the same flags. Not thread-safe. */
public final class SubjectLauncher {
    /** Those of {@code ./freshet invalidator}. */
    public static final List<String> JAVA_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:MaxDirectMemorySize=32m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError");

    private static final String MAPPING = """
            freshet: 1
            namespace: bench
            entities:
              item:
                table: item
                id: id
                keys: [ "%s{id}" ]
            """.formatted(ItemKey.PREFIX);

    private final String redisUri;
    private final Path folder;
    private final Path mapping;
    private final Path jar;
    private int started;

    /** @param folder for the mapping and the logs */
    public SubjectLauncher(String redisUri, Path folder) {
        this.redisUri = redisUri;
        this.folder = folder;
        jar = Jars.locate().app("invalidator");
        mapping = folder.resolve("mapping.yaml");
        try {
            Files.writeString(mapping, MAPPING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + mapping, e);
        }
    }

    /**
     * Makes what the subject needs before it can be started on this table: from now on no change escapes it. Freshet runs
     * once for that, as it trusts no key from before its first start.
     */
    public void prepare(Subject subject, ItemTable table) throws SQLException, InterruptedException {
        switch (subject) {
            case FRESHET -> {
                try (var first = start(subject, table, 0)) {
                    first.awaitReady();
                }
            }
            case LISTEN -> table.createTrigger();
            default -> table.createSlot(table.slot(subject.label()));
        }
    }

    /**
     * Starts the subject without waiting for it.
     *
     * @param rows how many rows will change; 0: unknown
     */
    public SubjectProcess start(Subject subject, ItemTable table, long rows) {
        Path log = folder.resolve(++started + "-" + subject.label() + ".log");
        return subject == Subject.FRESHET ? freshet(table, log) : other(subject, table, rows, log);
    }

    private SubjectProcess freshet(ItemTable table, Path log) {
        int port = Ports.free(0);
        var command = ServiceLaunch.command(
                JAVA_FLAGS,
                jar,
                List.of(
                        "run",
                        "--mapping",
                        mapping.toString(),
                        "--slot",
                        table.slot(Subject.FRESHET.label()),
                        "--admin-port",
                        Integer.toString(port)));
        var database = table.database();
        Map<String, String> environment = ServiceLaunch.environment(database, database.user(), database.password());
        environment.put("FRESHET_REDIS_URL", redisUri);
        var spec = new ChildProcess.Spec(Subject.FRESHET.label(), command, environment, log);
        return new SubjectProcess(
                Subject.FRESHET, table, ChildProcess.start(spec), URI.create("http://127.0.0.1:" + port));
    }

    private SubjectProcess other(Subject subject, ItemTable table, long rows, Path log) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA_FLAGS);
        command.add("-Dlogback.configurationFile=subject-logback.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(SubjectMain.class.getName(), subject.label()));
        var database = table.database();
        var settings = new SubjectSettings(
                database.jdbcUrl(),
                database.user(),
                database.password(),
                redisUri,
                table.slot(subject.label()),
                ItemTable.PUBLICATION,
                rows);
        var spec = new ChildProcess.Spec(subject.label(), command, settings.variables(), log);
        return new SubjectProcess(subject, table, ChildProcess.start(spec), null);
    }
}
