// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader.watch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/** A connection as a loader sees it: what would end the transaction, or must stand before it, is only remembered. */
final class WatchedConnection implements InvocationHandler {
    private final Watch watch;
    private boolean autoCommit = true;
    private boolean readOnly;
    private boolean closed;
    private Integer isolation;
    private Savepoint begun;

    WatchedConnection(Watch watch) {
        this.watch = watch;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return proxy == args[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "close", "abort":
                closed = true;
                return null;
            case "isClosed":
                return closed;
            case "commit":
                begun = null;
                return null;
            case "setAutoCommit":
                autoCommit = (Boolean) args[0];
                begun = null;
                return null;
            case "getAutoCommit":
                return autoCommit;
            case "setReadOnly":
                readOnly = (Boolean) args[0];
                return null;
            case "isReadOnly":
                return readOnly;
            case "setTransactionIsolation":
                isolation = (Integer) args[0];
                return null;
            case "getTransactionIsolation":
                return isolation == null ? Watch.call(watch.connection(), method, args) : isolation;
            case "rollback":
                if (args == null) {
                    rollback();
                    return null;
                }
                break;
            default:
                break;
        }
        if (closed && !method.getName().equals("unwrap") && !method.getName().equals("toString")) {
            throw new SQLException("the connection is closed", "08003");
        }
        Object made = Watch.call(watch.connection(), method, args);
        return made instanceof Statement statement ? watched((Connection) proxy, method, statement, args) : made;
    }

    private void rollback() throws SQLException {
        if (begun != null) {
            watch.connection().rollback(begun);
            begun = null;
        }
    }

    private Object watched(Connection proxy, Method method, Statement statement, Object[] args) throws SQLException {
        if (!autoCommit && begun == null) {
            begun = watch.connection().setSavepoint();
        }
        String sql = args != null && args.length > 0 && args[0] instanceof String text ? text : null;
        var handler = new WatchedStatement(watch, proxy, statement, sql);
        if (method.getReturnType() == CallableStatement.class) {
            return Watch.proxy(CallableStatement.class, handler);
        }
        return method.getReturnType() == PreparedStatement.class
                ? Watch.proxy(PreparedStatement.class, handler)
                : Watch.proxy(Statement.class, handler);
    }
}
