// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader.watch;

import java.lang.reflect.Method;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A database whose connections are watched while a check runs. Used by one check at a time. */
public final class WatchedSource {
    private final DataSource database;
    private final DataSource proxy;
    private volatile Watch watch;

    public WatchedSource(DataSource database) {
        this.database = database;
        this.proxy = Watch.proxy(DataSource.class, this::invoke);
    }

    /** The database as a loader sees it. */
    public DataSource dataSource() {
        return proxy;
    }

    /** Connections that are opened from now on are watched. */
    public Watch begin() throws SQLException {
        if (watch != null) {
            throw new IllegalStateException("a check runs within another one; expected one after the other");
        }
        watch = new Watch(database.getConnection());
        return watch;
    }

    /** Connections are plain ones again. */
    public void end() {
        watch = null;
    }

    private Object invoke(Object self, Method method, Object[] args) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> self == args[0];
            case "hashCode" -> System.identityHashCode(self);
            case "getConnection" -> watch == null ? Watch.call(database, method, args) : watch.open();
            default -> Watch.call(database, method, args);
        };
    }
}
