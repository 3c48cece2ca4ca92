// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.io.EOFException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;

/** Tells that something else listens at an address: the driver speaks of TLS, of time or of nothing then. */
public final class NotPostgres {
    private static final String PROTOCOL_VIOLATION = "08P01";
    private static final String UNABLE_TO_CONNECT = "08001";

    private NotPostgres() {}

    /** The failure to connect, in words that name the address if what answers there is hardly PostgreSQL. */
    public static SQLException named(SQLException failure, PostgresHost server) {
        if (failure instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
            return failure;
        }
        Throwable cause = failure.getCause();
        boolean hungUp = cause instanceof EOFException;
        boolean silent = cause == null && UNABLE_TO_CONNECT.equals(failure.getSQLState());
        // Not of its subclasses, which tell of certificates and versions.
        boolean noTls = cause != null && cause.getClass() == SSLException.class;
        if (!hungUp && !silent && !noTls && !PROTOCOL_VIOLATION.equals(failure.getSQLState())) {
            return failure;
        }
        return new SQLException(
                server + " does not answer as PostgreSQL does ("
                        + (hungUp ? "the connection was closed" : SqlFailure.message(failure))
                        + "); expected PostgreSQL there, check host and port in FRESHET_JDBC_URL",
                failure.getSQLState(),
                cause);
    }
}
