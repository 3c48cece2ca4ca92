// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The PostgreSQL settings of every session of the invalidator, including the stream's. They override the settings of
 * the server, the database and the role. Settings that decide how a value prints must be the same wherever values are
 * read, because values are compared as text: with {@code bytea_output = escape} two different values can look alike to
 * a reader of the stream.
 *
 * <p>{@code search_path} is not set: it also decides which operators of extensions a look-up finds, and it is the same
 * for all sessions of a role.
 */
public final class SessionSettings {
    /** How values print. */
    private static final String PRINTING = """
            SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres';
            SET bytea_output = 'hex'; SET extra_float_digits = 1; SET lc_monetary = 'C'; SET xmloption = 'content';
            SET xmlbinary = 'base64'; SET quote_all_identifiers = off; SET standard_conforming_strings = on;
            SET array_nulls = on; SET transform_null_equals = off; SET row_security = on;
            """;
    /** What a session may do, and for how long. The client has its own limits. */
    private static final String LIMITS = """
            SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0;
            SET idle_session_timeout = 0; SET default_transaction_read_only = off; SET default_transaction_deferrable = off;
            SET default_transaction_isolation = 'read committed';
            """;
    /** The major version that introduced {@code transaction_timeout}. */
    private static final int TRANSACTION_TIMEOUT = 17;

    private SessionSettings() {}

    /** Applies the settings to a session that speaks SQL or the replication protocol. */
    public static void pin(Connection connection) throws SQLException {
        String sql = LIMITS + PRINTING;
        if (connection.getMetaData().getDatabaseMajorVersion() >= TRANSACTION_TIMEOUT) {
            sql += "SET transaction_timeout = 0;";
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
