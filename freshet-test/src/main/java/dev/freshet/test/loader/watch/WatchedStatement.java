// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader.watch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Statement;

/**
 * A statement as a loader sees it: after each execution the tables that it read are noted.
 *
 * @param prepared its text; null if it comes with each execution
 */
record WatchedStatement(Watch watch, Connection connection, Statement statement, String prepared)
        implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return proxy == args[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "getConnection":
                return connection;
            default:
                Object answer = Watch.call(statement, method, args);
                if (method.getName().startsWith("execute")) {
                    watch.ran(prepared == null && args != null && args[0] instanceof String sql ? sql : prepared);
                }
                return answer;
        }
    }
}
