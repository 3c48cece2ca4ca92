// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.process;

import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.Ports;
import dev.freshet.devservices.stack.Jars;
import dev.freshet.devservices.stack.ServiceLaunch;
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
import java.util.concurrent.atomic.AtomicInteger;

/** Starts subjects, each in a JVM of its own with the same flags. Not thread-safe. */
public final class SubjectLauncher {
    /** Those of {@code ./freshet invalidator}. */
    public static final List<String> JAVA_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-XX:MaxDirectMemorySize=32m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError");

    private static final String HEAP = "-Xmx";

    private final String redisUri;
    private final Path folder;
    private final Path jar;
    private final AtomicInteger started;
    private final List<String> flags;
    private final Path mapping;

    /** @param folder for mappings and logs */
    public SubjectLauncher(String redisUri, Path folder) {
        this(redisUri, folder, Jars.locate().app("invalidator"), new AtomicInteger(), JAVA_FLAGS, null);
    }

    private SubjectLauncher(
            String redisUri, Path folder, Path jar, AtomicInteger started, List<String> flags, Path mapping) {
        this.redisUri = redisUri;
        this.folder = folder;
        this.jar = jar;
        this.started = started;
        this.flags = flags;
        this.mapping = mapping == null ? write(Mappings.PLAIN) : mapping;
    }

    /** Starts Freshet with this mapping, and is otherwise the same. */
    public SubjectLauncher withMapping(String yaml) {
        return new SubjectLauncher(redisUri, folder, jar, started, flags, write(yaml));
    }

    /** Starts subjects with this heap, and is otherwise the same. */
    public SubjectLauncher withHeap(int mebibytes) {
        var smaller = JAVA_FLAGS.stream()
                .map(flag -> flag.startsWith(HEAP) ? HEAP + mebibytes + "m" : flag)
                .toList();
        return new SubjectLauncher(redisUri, folder, jar, started, smaller, mapping);
    }

    private Path write(String yaml) {
        Path file = folder.resolve("mapping-" + started.incrementAndGet() + ".yaml");
        try {
            return Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Where the logs are. */
    public Path folder() {
        return folder;
    }

    /**
     * Makes what the subject needs before it can be started on this table: from now on no change escapes it. Freshet runs
     * once for that, as it trusts no key from before its first start.
     */
    public void prepare(Subject subject, ItemTable table) throws SQLException, InterruptedException {
        switch (subject) {
            case FRESHET, FRESHET_TAGS, FRESHET_SMALL -> {
                try (var first = start(subject, table, 0)) {
                    first.awaitReady();
                }
            }
            case LISTEN -> table.createTrigger();
            case TTL -> {
                // Nobody streams.
            }
            default -> table.createSlot(table.slot(subject.label()));
        }
    }

    /** Starts the subject on a table of which no change waits for it. Returns when it is ready. */
    public SubjectProcess startReady(Subject subject, ItemTable table) throws SQLException, InterruptedException {
        if (!subject.isFreshet()) {
            prepare(subject, table);
        }
        SubjectProcess process = start(subject, table, 0);
        try {
            process.awaitReady();
            return process;
        } catch (RuntimeException | SQLException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    /**
     * Starts the subject without waiting for it.
     *
     * @param rows how many rows will change; 0: unknown
     */
    public SubjectProcess start(Subject subject, ItemTable table, long rows) {
        Path log = folder.resolve(started.incrementAndGet() + "-" + subject.label() + ".log");
        return subject.isFreshet() ? freshet(subject, table, log) : other(subject, table, rows, log);
    }

    private SubjectProcess freshet(Subject subject, ItemTable table, Path log) {
        int port = Ports.free(0);
        var command = ServiceLaunch.command(
                flags,
                jar,
                List.of(
                        "run",
                        "--mapping",
                        mapping.toString(),
                        "--slot",
                        table.slot(subject.label()),
                        "--admin-port",
                        Integer.toString(port)));
        var database = table.database();
        Map<String, String> environment = ServiceLaunch.environment(database, database.user(), database.password());
        environment.put("FRESHET_REDIS_URL", redisUri);
        var spec = new ChildProcess.Spec(subject.label(), command, environment, log);
        return new SubjectProcess(subject, table, ChildProcess.start(spec), URI.create("http://127.0.0.1:" + port));
    }

    private SubjectProcess other(Subject subject, ItemTable table, long rows, Path log) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
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
