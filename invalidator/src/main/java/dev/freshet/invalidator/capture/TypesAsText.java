// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.postgresql.core.Oid;

/**
 * Has Debezium take every value of the stream for the text that PostgreSQL printed, which is what rows are compared by. It
 * decides how to decode a value by what it reads of the catalogue when it starts, of all types of the database at once: it
 * goes by their names, without their schemas, and fails where it cannot read one (an enum without labels, a domain over an
 * enum). So it is answered that each type is derived from text, as a domain is, and an enum, whose values it leaves as they
 * are.
 */
final class TypesAsText {
    /** The columns that Debezium asks of {@code pg_type}; the condition behind differs. */
    private static final Pattern QUESTION =
            Pattern.compile("^SELECT t\\.oid AS oid,.*?\\be\\.values as enum_values FROM pg_catalog\\.pg_type t ");

    /** Of all types but those of which the cast to text prints something else; see {@link PostgresText}. */
    private static final String BASE =
            "CASE WHEN t.typtype = 'd' THEN t.typbasetype WHEN t.oid IN (%d, %d, %d, %d) THEN 0 ELSE %d END"
                    .formatted(Oid.TEXT, Oid.BOOL, Oid.BPCHAR, Oid.INET, Oid.TEXT);

    private static final String ANSWER =
            "SELECT t.oid AS oid, t.typname AS name, n.nspname AS schema_name, 0 AS element, "
                    + BASE + " AS parentoid, t.typtypmod AS modifiers, 'E' AS category, '{}'::text[] AS enum_values"
                    + " FROM pg_catalog.pg_type t ";

    private TypesAsText() {}

    /** The connection, which answers that question in this way. What is unwrapped is the connection itself. */
    static Connection over(Connection connection) {
        return proxy(Connection.class, connection);
    }

    /** A question that is not the expected one stays as it is. */
    static String rewritten(String sql) {
        return QUESTION.matcher(sql).replaceFirst(ANSWER);
    }

    private static <T> T proxy(Class<T> type, T target) {
        InvocationHandler handler = (self, method, arguments) -> {
            if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
                arguments[0] = rewritten(sql);
            }
            try {
                Object result = method.invoke(target, arguments);
                return method.getName().equals("createStatement") ? proxy(Statement.class, (Statement) result) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(TypesAsText.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
