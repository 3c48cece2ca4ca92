// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Settings of PostgreSQL that every session of the invalidator has, the stream's included, whatever the server, the database
 * or the role say. Those that decide how a value prints must be the same wherever values are read, as they are compared by
 * their text: with {@code bytea_output = escape} two different values can look alike to a reader of the stream.
 *
 * <p>Not among them is {@code search_path}: it also decides which operators of extensions a look-up finds, and all sessions
 * of a role have the same.
 */
public final class SessionSettings {
    /** How values print. */
    private static final String PRINTING = """
            SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres';
            SET bytea_output = 'hex'; SET extra_float_digits = 1; SET lc_monetary = 'C'; SET xmloption = 'content';
            SET xmlbinary = 'base64'; SET quote_all_identifiers = off; SET standard_conforming_strings = on;
            SET array_nulls = on; SET transform_null_equals = off; SET row_security = on;
            """;
    /** What a session may do, and for how long. The client has limits of its own. */
    private static final String LIMITS = """
            SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0;
            SET idle_session_timeout = 0; SET default_transaction_read_only = off; SET default_transaction_deferrable = off;
            SET default_transaction_isolation = 'read committed';
            """;
    /** As new as PostgreSQL 17. */
    private static final int TRANSACTION_TIMEOUT = 17;

    private SessionSettings() {}

    /** Sets them, in a session that speaks SQL or the replication protocol. */
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
