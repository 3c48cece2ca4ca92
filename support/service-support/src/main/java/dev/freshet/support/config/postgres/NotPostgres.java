// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.postgres;

import java.io.EOFException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;

/**
 * Detects that a server at an address is not PostgreSQL. The driver's message then mentions TLS, a timeout, or nothing
 * useful.
 */
public final class NotPostgres {
    private static final String PROTOCOL_VIOLATION = "08P01";
    private static final String UNABLE_TO_CONNECT = "08001";

    private NotPostgres() {}

    /** The connection failure. If the server is probably not PostgreSQL, the message says so and names the address. */
    public static SQLException named(SQLException failure, PostgresHost server) {
        if (failure instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
            return failure;
        }
        Throwable cause = failure.getCause();
        boolean hungUp = cause instanceof EOFException;
        boolean silent = cause == null && UNABLE_TO_CONNECT.equals(failure.getSQLState());
        // Subclasses are excluded: they are about certificates and versions.
        boolean noTls = cause != null && cause.getClass() == SSLException.class;
        if (!hungUp && !silent && !noTls && !PROTOCOL_VIOLATION.equals(failure.getSQLState())) {
            return failure;
        }
        return new SQLException(
                server + " does not answer as PostgreSQL does ("
                        + (hungUp ? "the connection was closed" : SqlFailure.message(failure))
                        + "); expected PostgreSQL there; check host and port in FRESHET_JDBC_URL",
                failure.getSQLState(),
                cause);
    }
}
