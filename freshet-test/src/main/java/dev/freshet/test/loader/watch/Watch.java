// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader.watch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Map;

/**
 * The one transaction in which a loader is checked. All connections that the loader opens are this one, and it ends
 * nothing: so the locks of all that it read are still there, and it sees changes that nobody else does.
 */
public final class Watch implements AutoCloseable {
    private final Connection connection;
    private final ReadTables tables;
    private final boolean autoCommit;
    private final int isolation;
    private boolean noting = true;

    /** @param connection closed with this */
    Watch(Connection connection) throws SQLException {
        this.connection = connection;
        autoCommit = connection.getAutoCommit();
        isolation = connection.getTransactionIsolation();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        tables = new ReadTables(connection);
    }

    /** The real one, for changes of rows. */
    public Connection connection() {
        return connection;
    }

    /** The tables that were read until now, each with the statement that read it first. From now on none are noted. */
    public Map<ReadTable, String> tables() {
        noting = false;
        return tables.found();
    }

    /** As if the loader had opened it. */
    Connection open() {
        return proxy(Connection.class, new WatchedConnection(this));
    }

    /** A statement of the loader has run. */
    void ran(String sql) throws SQLException {
        if (noting) {
            tables.note(sql);
        }
    }

    /** Runs something, and undoes all changes of rows. */
    public <R> R attempt(Attempt<R> attempt) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            return attempt.run();
        } finally {
            connection.rollback(before);
            connection.releaseSavepoint(before);
        }
    }

    /** Something whose changes are undone. */
    public interface Attempt<R> {
        R run() throws SQLException;
    }

    static <P> P proxy(Class<P> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Watch.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            connection.rollback();
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(autoCommit);
        } finally {
            connection.close();
        }
    }
}
