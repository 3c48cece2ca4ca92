// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.text;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.postgresql.core.Oid;

/**
 * Makes Debezium take every value of the stream as the text that PostgreSQL printed, because rows are compared by that
 * text. Debezium decides how to decode a value by what it reads from the catalog at its start, for all types of the
 * database at once. It goes by their names, without their schemas, and fails if it cannot read one (an enum without
 * labels, a domain over an enum). So its query is answered as if each type were derived from text, like a domain, and
 * were an enum, whose values it leaves unchanged.
 */
public final class TypesAsText {
    /** The beginning of Debezium's query of {@code pg_type}; the condition after it varies. */
    private static final Pattern QUESTION =
            Pattern.compile("^SELECT t\\.oid AS oid,.*?\\be\\.values as enum_values FROM pg_catalog\\.pg_type t ");

    /**
     * Text is the base of all types except those for which the cast to text prints something else; see
     * {@link PostgresText}.
     */
    private static final String BASE =
            "CASE WHEN t.typtype = 'd' THEN t.typbasetype WHEN t.oid IN (%d, %d, %d, %d) THEN 0 ELSE %d END"
                    .formatted(Oid.TEXT, Oid.BOOL, Oid.BPCHAR, Oid.INET, Oid.TEXT);

    private static final String ANSWER =
            "SELECT t.oid AS oid, t.typname AS name, n.nspname AS schema_name, 0 AS element, "
                    + BASE + " AS parentoid, t.typtypmod AS modifiers, 'E' AS category, '{}'::text[] AS enum_values"
                    + " FROM pg_catalog.pg_type t ";

    private TypesAsText() {}

    /** Wraps the connection so that it answers that query in this way. Unwrapping returns the original connection. */
    public static Connection over(Connection connection) {
        return proxy(Connection.class, connection);
    }

    /** Rewrites the expected query, and returns any other SQL unchanged. */
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
