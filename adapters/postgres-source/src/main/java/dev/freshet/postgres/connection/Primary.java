// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.postgres.PostgresHost;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the primary among the servers of an address: only the primary has the slot, the changes and the current rows.
 * All servers are asked in parallel, so that two that both claim to be the primary are noticed.
 */
public final class Primary {
    private static final Logger LOG = LoggerFactory.getLogger(Primary.class);
    private static final String SECONDS = "5";
    private static final String NO_CONNECTION = "08001";

    private Primary() {}

    /**
     * The answer of one server.
     *
     * @param started its start time, to distinguish one server with two names from two servers; null if it is not the
     *     primary
     * @param why the reason if it is not the primary, else null
     */
    private record Answer(PostgresHost server, String started, String why) {
        boolean isPrimary() {
            return started != null;
        }
    }

    /**
     * The settings for the primary alone. A single server is not asked.
     *
     * @throws SQLException if none of the servers is the primary, with the reason for each, or if more than one is
     */
    public static JdbcSettings find(JdbcSettings settings) throws SQLException {
        List<PostgresHost> servers = settings.servers();
        if (servers.size() == 1) {
            return settings.at(servers.get(0));
        }
        List<Answer> answers = ask(settings);
        List<Answer> primaries = answers.stream().filter(Answer::isPrimary).toList();
        if (primaries.isEmpty()) {
            throw new SQLException(
                    "none of the servers in FRESHET_JDBC_URL is the primary: "
                            + answers.stream()
                                    .map(answer -> answer.server() + " " + answer.why())
                                    .collect(Collectors.joining("; ")),
                    NO_CONNECTION);
        }
        if (primaries.stream().map(Answer::started).distinct().count() > 1) {
            throw new SQLException(
                    "more than one server in FRESHET_JDBC_URL claims to be the primary: "
                            + primaries.stream()
                                    .map(answer -> answer.server().toString())
                                    .collect(Collectors.joining(", "))
                            + "; stop the one that was replaced, or take it out of the URL",
                    NO_CONNECTION);
        }
        PostgresHost primary = primaries.get(0).server();
        LOG.info("the primary is {}", primary);
        return settings.at(primary);
    }

    /** Checks that a server is the primary: the only server of an address has not been asked before. */
    static void require(Statement statement, JdbcSettings settings) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new SQLException(
                        settings.servers().get(0)
                                + " is a standby; expected the primary, or all servers of which one is it"
                                + " (host:port,host:port), in FRESHET_JDBC_URL",
                        NO_CONNECTION);
            }
        }
    }

    private static List<Answer> ask(JdbcSettings settings) {
        List<CompletableFuture<Answer>> asked = settings.servers().stream()
                .map(server -> {
                    var answer = new CompletableFuture<Answer>();
                    var thread = new Thread(() -> answer.complete(ask(settings, server)), "freshet-primary");
                    thread.setDaemon(true);
                    thread.start();
                    return answer;
                })
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private static Answer ask(JdbcSettings settings, PostgresHost server) {
        JdbcSettings one = settings.at(server);
        Properties properties = one.properties();
        properties.putIfAbsent("connectTimeout", SECONDS);
        properties.putIfAbsent("loginTimeout", SECONDS);
        properties.putIfAbsent("socketTimeout", SECONDS);
        properties.put("ApplicationName", "freshet primary");
        try (Connection connection = DriverManager.getConnection(one.url(), properties);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT pg_is_in_recovery(), pg_postmaster_start_time()::text")) {
            row.next();
            return row.getBoolean(1)
                    ? new Answer(server, null, "is a standby")
                    : new Answer(server, row.getString(2), null);
        } catch (SQLException e) {
            return new Answer(server, null, why(e));
        }
    }

    private static String why(SQLException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "is not known by that name";
            }
        }
        return NO_CONNECTION.equals(e.getSQLState())
                ? "does not answer"
                : "refuses: " + e.getMessage().lines().findFirst().orElse("");
    }
}
