// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.support;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.WorkFolder;
import dev.freshet.quickstart.stack.Progress;
import dev.freshet.quickstart.stack.ServicePorts;
import dev.freshet.quickstart.stack.ServiceProcess;
import dev.freshet.quickstart.stack.Stack;
import dev.freshet.quickstart.stack.StackSettings;
import dev.freshet.support.config.Secret;
import dev.freshet.support.http.Tokens;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Freshet as it runs in production: real servers, and each process a JVM of its own. Safe for many threads. */
public final class Installation implements AutoCloseable {
    private static final int LOG_LINES = 25;
    private static final List<String> JAVA_FLAGS =
            List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private final WorkFolder folder;
    private final Stack stack;
    private final Tokens tokens;
    private final Cache cache;
    private final Database marker;

    private Installation(WorkFolder folder, Stack stack) throws SQLException {
        this.folder = folder;
        this.stack = stack;
        this.tokens = new Tokens(Secret.of(stack.jwtSecret()));
        this.cache = new Cache(stack.redis().uri());
        this.marker = superuser();
    }

    static Installation start() {
        var folder = WorkFolder.create("e2e");
        var settings = new StackSettings(
                new ServicePorts(0, 0, 0, 0, 0),
                PostgresOptions.defaults(),
                // What is in Redis outlives an orderly stop, and so do entries that have become stale.
                RedisOptions.defaults().withPersistence().directive("appendfsync everysec"),
                JAVA_FLAGS);
        var stack = new Stack(settings, folder.path(), new Quiet());
        try {
            stack.start();
            var installation = new Installation(folder, stack);
            installation.reserveIds();
            return installation;
        } catch (RuntimeException | SQLException e) {
            stack.close();
            folder.close();
            throw new IllegalStateException(e);
        }
    }

    /** The tests give ids of their own to some rows, as plain programs may. */
    private void reserveIds() {
        for (var level : List.of(Level.PROJECT, Level.BRANCH, Level.TASK)) {
            stack.database()
                    .execute("alter sequence %s_id_seq restart with %d"
                            .formatted(level.table(), Tree.FIRST_OF_SEQUENCES));
        }
    }

    private static final class Quiet implements Progress {
        @Override
        public void starting(String what) {}

        @Override
        public void up(String what, String where) {}
    }

    public User user(String name) {
        return new User(
                name,
                tokens.issue(name, Duration.ofHours(1)),
                stack.writer().address(),
                stack.reader().address());
    }

    /** A connection of an application that knows of no cache. */
    public Database application() throws SQLException {
        return new Database(stack.application().connect());
    }

    /** A connection that sees and may do everything. */
    public Database superuser() throws SQLException {
        return new Database(stack.database().connect());
    }

    /** A further database on the same server; dropped when it is closed. */
    public TestDatabase createDatabase(String prefix) {
        return stack.postgres().createDatabase(prefix);
    }

    public Cache cache() {
        return cache;
    }

    public RedisServer redis() {
        return stack.redis();
    }

    /**
     * Returns when everything committed so far has been evicted. What the invalidator publishes is the position of a
     * commit, so one more is made behind all others, by someone whom no test looks at.
     */
    public synchronized void drain() throws SQLException {
        var target = marker.position();
        marker.execute(
                "insert into freshet.global_context (user_id) values ('drain')"
                        + " on conflict (user_id) do update set description = ?",
                UUID.randomUUID().toString());
        cache.awaitPosition(Cache.NAMESPACE, target, this::logs);
    }

    /** SIGKILL. */
    public void killInvalidator() {
        stack.invalidator().kill();
    }

    /** Returns when it is ready again. */
    public void startInvalidator() {
        stack.invalidator().startAgain();
    }

    /** Settings of a command that works as the owner of the tables. */
    public Map<String, String> ownerSettings() {
        var settings = new LinkedHashMap<>(stack.ownerSettings());
        settings.values().removeIf(value -> value == null);
        return settings;
    }

    /** Settings of an audit beside the invalidator, with its rights. */
    public Map<String, String> auditSettings() {
        var settings = new LinkedHashMap<>(stack.auditSettings());
        settings.values().removeIf(value -> value == null);
        return settings;
    }

    /** The ends of the processes' logs, for failure messages. */
    public String logs() {
        return Stream.of(stack.writer(), stack.reader(), stack.invalidator())
                .map(Installation::log)
                .collect(Collectors.joining("\n"));
    }

    private static String log(ServiceProcess process) {
        return "--- the end of what " + process.name() + " said\n" + process.logTail(LOG_LINES);
    }

    @Override
    public void close() throws SQLException {
        marker.close();
        cache.close();
        stack.close();
        folder.close();
    }
}
