// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.wal;

import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.lab.plan.oracle.Oracle;
import dev.freshet.lab.plan.oracle.Target;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs random transactions against a real database, in groups, and checks after each group which keys and tags are
 * gone. One thread runs it; another one may call {@link #stop}.
 */
public final class WalRun {
    private static final int MOST_AT_A_TIME = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final WalSetup setup;
    private final long seed;
    private volatile boolean stopped;
    private MappedTables database;
    private Mapping mapping;
    private Oracle oracle;
    private int transactions;
    private int statements;
    private int refused;
    private long needed;
    private long evicted;
    private int keys;
    private final List<String> missed = new ArrayList<>();

    /** The rows after each transaction of a group, and the statements that were run. */
    private record Group(List<TableRows> states, List<String> statements) {
        TableRows last() {
            return states.get(states.size() - 1);
        }
    }

    public WalRun(WalSetup setup, long seed) {
        this.setup = setup;
        this.seed = seed;
    }

    /** Ends the run after the current group. */
    public void stop() {
        stopped = true;
    }

    /**
     * Runs until this many transactions were committed, or an eviction was missed.
     *
     * @param progress is told what has been done so far
     * @return true if nothing was missed
     */
    public boolean run(int atLeast, Consumer<String> progress) throws SQLException, IOException, InterruptedException {
        mapping = MappingParser.parse("mapping.yaml", new StringReader(setup.mapping()));
        oracle = new Oracle(mapping);
        var folder = WorkFolder.create("bench-wal");
        Path file = folder.path().resolve("mapping.yaml");
        Files.writeString(file, setup.mapping());
        boolean right = false;
        try (var servers = new WalServers()) {
            servers.prepare(setup, mapping, file, folder.path().resolve("check.log"));
            servers.startInvalidator(file, folder.path().resolve("invalidator.log"));
            try (Connection connection = servers.database().connect();
                    var cache = new FilledCache(servers.redisUri(), mapping.namespace())) {
                right = run(connection, cache, atLeast, progress);
            }
            return right;
        } finally {
            if (right) {
                folder.close();
            } else {
                folder.keep();
                progress.accept("logs and mapping are in " + folder);
            }
        }
    }

    private boolean run(Connection connection, FilledCache cache, int atLeast, Consumer<String> progress)
            throws SQLException, InterruptedException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET timezone = 'UTC'");
        }
        connection.setAutoCommit(false);
        database = new MappedTables(connection, mapping);
        TableRows now = database.read(connection);
        connection.commit();
        var random = new Random(seed);
        var author = new StatementGenerator(database, now, random, setup.generated());
        Map<String, Set<String>> facts = oracle.facts(now::of);
        keys = facts.size();
        while (transactions < atLeast && !stopped) {
            long attempt = random.nextLong();
            Group tried = group(connection, author, now, new Random(attempt), List.of(), false);
            Set<String> known = new LinkedHashSet<>(facts.keySet());
            known.addAll(oracle.facts(tried.last()::of).keySet());
            cache.fill(known);

            Group done = group(connection, author, now, new Random(attempt), tried.statements(), true);
            awaitPosition(connection, cache);
            facts = judge(facts, done, known, cache);
            if (!missed.isEmpty()) {
                return false;
            }
            now = done.last();
            keys = Math.max(keys, facts.size());
            progress.accept(told());
        }
        return true;
    }

    /** Separates the transactions in a list of statements. */
    private static final String COMMIT = "COMMIT";

    /**
     * Runs some transactions, or only tries them and rolls them back.
     *
     * @param known their statements; if empty, new ones are generated
     */
    private Group group(
            Connection connection,
            StatementGenerator author,
            TableRows now,
            Random random,
            List<String> known,
            boolean committing)
            throws SQLException {
        var states = new ArrayList<TableRows>();
        var run = new ArrayList<String>();
        try (Statement statement = connection.createStatement()) {
            if (known.isEmpty()) {
                TableRows state = now;
                for (int i = 1 + random.nextInt(MOST_AT_A_TIME); i > 0; i--) {
                    for (String sql : author.transaction(state)) {
                        if (execute(connection, statement, sql)) {
                            run.add(sql);
                        }
                    }
                    state = database.read(connection);
                    states.add(state);
                    run.add(COMMIT);
                }
            } else {
                for (String sql : known) {
                    if (sql.equals(COMMIT)) {
                        states.add(database.read(connection));
                        connection.commit();
                        transactions++;
                    } else {
                        statement.execute(sql);
                        run.add(sql);
                        statements++;
                    }
                }
            }
        }
        if (!committing) {
            connection.rollback();
        }
        return new Group(states, run);
    }

    /** A statement that a constraint rejects is rolled back by itself. */
    private boolean execute(Connection connection, Statement statement, String sql) throws SQLException {
        var savepoint = connection.setSavepoint();
        try {
            statement.execute(sql);
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            statement.execute("SET CONSTRAINTS ALL DEFERRED");
            connection.releaseSavepoint(savepoint);
            return true;
        } catch (SQLException e) {
            connection.rollback(savepoint);
            refused++;
            return false;
        }
    }

    private void awaitPosition(Connection connection, FilledCache cache) throws SQLException, InterruptedException {
        String target = text(connection, "SELECT pg_current_wal_insert_lsn()");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            String position = cache.position();
            if (position != null
                    && text(connection, "SELECT '" + position + "'::pg_lsn >= '" + target + "'::pg_lsn")
                            .equals("t")) {
                connection.commit();
                return;
            }
            Thread.sleep(2);
        }
        throw new IllegalStateException(
                "the position did not pass " + target + " within " + PATIENCE.toSeconds() + " s");
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Compares the evictions with what is stale. Returns the facts after the group. */
    private Map<String, Set<String>> judge(
            Map<String, Set<String>> before, Group group, Set<String> known, FilledCache cache) {
        Set<String> stale = new LinkedHashSet<>();
        Map<String, Set<String>> earlier = before;
        for (TableRows state : group.states()) {
            Map<String, Set<String>> later = oracle.facts(state::of);
            stale.addAll(Oracle.stale(earlier, later));
            earlier = later;
        }
        stale.retainAll(known);
        Set<String> gone = cache.gone(known);
        needed += stale.size();
        evicted += gone.size();
        stale.stream()
                .filter(target -> !gone.contains(target))
                .map(Target::text)
                .forEach(missed::add);
        if (!missed.isEmpty()) {
            missed.add("after:");
            missed.addAll(group.statements());
        }
        return earlier;
    }

    /** What was missed, and after which statements; empty if nothing was. */
    public List<String> missed() {
        return List.copyOf(missed);
    }

    public int transactions() {
        return transactions;
    }

    /** The number of keys and tags that were stale. */
    public long needed() {
        return needed;
    }

    /** A summary, in one line. */
    public String told() {
        return "%,d transactions of %,d statements (%,d refused), up to %,d keys and tags; %,d were stale, %,d went: %.2f"
                .formatted(
                        transactions,
                        statements,
                        refused,
                        keys,
                        needed,
                        evicted,
                        needed == 0 ? 1 : (double) evicted / needed);
    }
}
