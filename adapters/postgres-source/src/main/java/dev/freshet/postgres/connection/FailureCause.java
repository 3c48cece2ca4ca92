// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import dev.freshet.core.source.SetupException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.support.config.postgres.SqlFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** Explains an exception of the driver, of Debezium or of our own in words, without row values. */
public final class FailureCause {
    /**
     * SQLSTATE classes of errors that come again if the statement is repeated: errors of data and catalog, limits,
     * functions, files, and internal errors.
     */
    private static final Set<String> LASTING =
            Set.of("0A", "21", "22", "23", "2F", "38", "39", "42", "54", "58", "P0", "XX");

    /** SQLSTATE classes whose messages may contain values. */
    private static final Set<String> QUOTING = Set.of("22", "23", "P0");

    private static final String NO_RIGHTS = "42501";
    private static final String READ_ONLY = "25006";
    private static final Set<String> NO_LOGIN = Set.of("28000", "28P01");
    private static final String NO_DATABASE = "3D000";

    private FailureCause() {}

    /**
     * Whether the failure is transient: of the server or the connection, a lack of resources, or a right that the role
     * lacks. False if the request itself cannot be fulfilled.
     */
    public static boolean isPassing(Throwable error) {
        Optional<SQLException> sql = sql(error);
        if (sql.isPresent()) {
            String state = state(sql.get());
            return state.length() < 2 || !LASTING.contains(state.substring(0, 2)) || state.equals(NO_RIGHTS);
        }
        return chain(error).stream().anyMatch(IOException.class::isInstance);
    }

    /** Whether a right is missing. */
    public static boolean isDenied(Throwable error) {
        return sql(error).filter(sql -> state(sql).equals(NO_RIGHTS)).isPresent();
    }

    /** What is wrong and what to do, if a person must act before work can go on. */
    public static Optional<Shortcoming> shortcoming(Throwable error) {
        if (error instanceof SetupException setup) {
            return setup.shortcomings().stream().findFirst();
        }
        String state = sql(error).map(FailureCause::state).orElse("");
        if (NO_LOGIN.contains(state)) {
            return told(
                    DatabaseCode.LOGIN_REFUSED,
                    error,
                    "check user and password (FRESHET_JDBC_USER, FRESHET_JDBC_PASSWORD) and pg_hba.conf");
        }
        if (state.equals(NO_DATABASE)) {
            return told(DatabaseCode.NO_DATABASE, error, "check the name at the end of FRESHET_JDBC_URL");
        }
        if (state.equals(NO_RIGHTS)) {
            return told(
                    DatabaseCode.NOT_ALLOWED,
                    error,
                    "grant it to the invalidator's role; 'freshet invalidator check' prints the usual statements");
        }
        if (state.equals(READ_ONLY)) {
            return told(
                    DatabaseCode.NOT_PRIMARY, error, "give the address of the primary: this server accepts no writes");
        }
        return chain(error).stream().anyMatch(UnknownHostException.class::isInstance)
                ? told(DatabaseCode.NO_ANSWER, error, "check the host in FRESHET_JDBC_URL")
                : Optional.empty();
    }

    private static Optional<Shortcoming> told(DatabaseCode code, Throwable error, String remedy) {
        return Optional.of(new Shortcoming(
                code,
                Place.of(Place.Kind.SERVER, "PostgreSQL"),
                in(error),
                List.of("-- " + remedy),
                false,
                Topic.OTHER));
    }

    /** The failure in words, without row values. */
    public static String in(Throwable error) {
        Optional<SQLException> sql = sql(error);
        if (sql.isPresent()) {
            return of(sql.get(), error);
        }
        Throwable root = chain(error).get(chain(error).size() - 1);
        if (root instanceof OutOfMemoryError) {
            return "it does not fit into memory";
        }
        if (root instanceof EOFException) {
            return "the connection was closed";
        }
        if (root instanceof UnknownHostException) {
            return "the host " + root.getMessage() + " is not known";
        }
        if (root instanceof IOException && root.getMessage() != null) {
            return root.getMessage();
        }
        Optional<String> ours = chain(error).stream()
                .filter(cause -> cause.getClass().getName().startsWith("dev.freshet.") || isRun(cause))
                .map(Throwable::getMessage)
                .filter(message -> message != null)
                .findFirst();
        if (ours.isEmpty() && String.valueOf(root.getMessage()).contains("columns that differ only by case")) {
            return "Debezium reads no table with columns whose names differ only by case; rename one of them: "
                    + root.getMessage().split(" has columns", 2)[0];
        }
        return ours.orElse("it cannot be decoded (" + root.getClass().getSimpleName() + ")");
    }

    /** Whether our own code threw it, so that the message is ours. */
    private static boolean isRun(Throwable cause) {
        return cause instanceof IllegalStateException
                && cause.getStackTrace().length > 0
                && cause.getStackTrace()[0].getClassName().startsWith("dev.freshet.");
    }

    private static String of(SQLException sql, Throwable error) {
        String state = state(sql);
        if (state.length() >= 2 && QUOTING.contains(state.substring(0, 2))) {
            return "PostgreSQL cannot read or convert a value (SQLSTATE " + state + ")";
        }
        Optional<Throwable> host = chain(error).stream()
                .filter(UnknownHostException.class::isInstance)
                .findFirst();
        if (host.isPresent()) {
            return "the host " + host.get().getMessage() + " is not known";
        }
        if (sql instanceof PSQLException postgres
                && postgres.getServerErrorMessage() != null
                && postgres.getServerErrorMessage().getMessage() != null) {
            return postgres.getServerErrorMessage().getMessage();
        }
        return sql.getMessage() == null ? "PostgreSQL does not answer" : SqlFailure.message(sql);
    }

    /** The innermost SQLException in the chain of causes. */
    private static Optional<SQLException> sql(Throwable error) {
        return chain(error).stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner);
    }

    private static String state(SQLException sql) {
        return sql.getSQLState() == null ? "" : sql.getSQLState();
    }

    private static List<Throwable> chain(Throwable error) {
        var chain = new ArrayList<Throwable>();
        for (Throwable cause = error; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
