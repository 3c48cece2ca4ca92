// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.installation;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.devservices.stack.Progress;
import dev.freshet.devservices.stack.ServicePorts;
import dev.freshet.devservices.stack.ServiceProcess;
import dev.freshet.devservices.stack.Stack;
import dev.freshet.devservices.stack.StackSettings;
import dev.freshet.e2e.context.Level;
import dev.freshet.e2e.context.Tree;
import dev.freshet.e2e.context.User;
import dev.freshet.e2e.server.Cache;
import dev.freshet.e2e.server.Database;
import dev.freshet.support.config.secret.Secret;
import dev.freshet.support.http.auth.Tokens;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Freshet as in production: real servers, and a separate JVM for each process. Thread-safe. */
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
                // The content of Redis survives an orderly stop, including stale entries.
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

    /** Reserves ids, as the tests choose the ids of some rows themselves. */
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

    /** A connection of an application that knows no cache. */
    public Database application() throws SQLException {
        return new Database(stack.application().connect());
    }

    /** A connection that may see and do everything. */
    public Database superuser() throws SQLException {
        return new Database(stack.database().connect());
    }

    /** Another database on the same server. Closing it drops the database. */
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
     * Waits until everything committed so far has been evicted. The invalidator publishes only positions of commits, so
     * this makes one more commit, as a user that no test looks at.
     */
    public synchronized void drain() throws SQLException {
        var target = marker.position();
        marker.execute(
                "insert into freshet.global_context (user_id) values ('drain')"
                        + " on conflict (user_id) do update set description = ?",
                UUID.randomUUID().toString());
        cache.awaitPosition(Cache.NAMESPACE, target, this::logs);
    }

    /** Kills the invalidator with SIGKILL. */
    public void killInvalidator() {
        stack.invalidator().kill();
    }

    /** Starts the invalidator, and waits until it is ready. */
    public void startInvalidator() {
        stack.invalidator().startAgain();
    }

    /** The setting for a command in this JVM that connects as the owner of the tables. */
    public Map<String, String> ownerSettings() {
        return Map.of("FRESHET_JDBC_URL", stack.database().jdbcUrlWithUser());
    }

    /** Settings for an audit that runs with the rights of the invalidator. */
    public Map<String, String> auditSettings() {
        var settings = new LinkedHashMap<>(stack.auditSettings());
        settings.values().removeIf(value -> value == null);
        return settings;
    }

    /** The last lines of the processes' logs, for failure messages. */
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
