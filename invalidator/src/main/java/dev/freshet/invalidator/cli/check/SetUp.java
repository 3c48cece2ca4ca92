// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.invalidator.cli.Counted;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs the statements that fix shortcomings, as far as permitted, until there are no new ones. */
final class SetUp {
    private static final int ROUNDS = 6;
    /** PostgreSQL creates a slot only after every transaction that was writing has ended. */
    private static final int PATIENCE_MILLIS = 600_000;

    private final Connection connection;
    private final Permission permission;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Set<String> tried = new HashSet<>();

    SetUp(Connection connection, Permission permission, PrintWriter out, PrintWriter err) {
        this.connection = connection;
        this.permission = permission;
        this.out = out;
        this.err = err;
    }

    /** Finds what is lacking now, in the order in which to fix it. */
    interface Look {
        List<Shortcoming> now() throws SQLException;
    }

    /** Looks again after each round, as some shortcomings show only after others are fixed. */
    void run(Look look) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
        for (int round = 0; round < ROUNDS && mend(look.now()); round++) {
            out.flush();
        }
    }

    /** Returns whether anything was run. */
    private boolean mend(List<Shortcoming> lacking) throws SQLException {
        boolean ran = false;
        for (Shortcoming shortcoming : lacking) {
            if (permission.allows(shortcoming)) {
                for (String statement : shortcoming.remedy()) {
                    if (!tried.add(statement)) {
                        continue;
                    }
                    ran = true;
                    if (!run(statement)) {
                        if (shortcoming.topic() == Topic.PUBLICATION) {
                            // A slot that is older than its publication is useless.
                            return false;
                        }
                        break;
                    }
                }
            }
        }
        return ran;
    }

    /** Returns false if the server refused the statement. What is left to do is reported at the end. */
    private boolean run(String sql) throws SQLException {
        out.println(sql);
        out.flush();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            if (connection.isClosed()) {
                throw e;
            }
            err.println("refused: " + e.getMessage());
            return false;
        }
    }

    /** Prints what was not run, with the option that runs it. */
    void tellLeftOut(List<Shortcoming> left) {
        for (Topic topic : Topic.values()) {
            long statements = left.stream()
                    .filter(shortcoming -> shortcoming.topic() == topic && !permission.allows(shortcoming))
                    .mapToLong(shortcoming -> shortcoming.remedy().size())
                    .sum();
            if (statements > 0) {
                out.println("Left out: " + Counted.of(statements, "statement") + " of " + topic + ". "
                        + (Permission.canBeAsked(topic) ? "To have it run: --apply=" + topic : "Run it yourself"));
            }
        }
    }
}
