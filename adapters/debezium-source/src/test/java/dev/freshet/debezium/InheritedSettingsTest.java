// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.stream.Row;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.postgres.connection.PostgresConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the server, the database or the role set changes nothing of how values read: in the stream as in look-ups, and as
 * without it.
 */
@WithPostgres
@ParameterizedClass
@EnumSource(StreamMode.class)
class InheritedSettingsTest {
    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("bytea_output", "'escape'");
        SETTINGS.put("DateStyle", "'SQL, DMY'");
        SETTINGS.put("IntervalStyle", "'iso_8601'");
        SETTINGS.put("TimeZone", "'Asia/Kathmandu'");
        SETTINGS.put("extra_float_digits", "-15");
        SETTINGS.put("client_encoding", "'LATIN1'");
        SETTINGS.put("lc_monetary", "'C.UTF-8'");
        SETTINGS.put("quote_all_identifiers", "on");
        SETTINGS.put("xmlbinary", "'hex'");
        SETTINGS.put("xmloption", "'document'");
        SETTINGS.put("array_nulls", "off");
        SETTINGS.put("standard_conforming_strings", "off");
        SETTINGS.put("search_path", "elsewhere, public");
        SETTINGS.put("default_transaction_read_only", "on");
        SETTINGS.put("default_transaction_isolation", "'serializable'");
        // A busy machine may take a second to get from connecting to its first statement.
        SETTINGS.put("idle_in_transaction_session_timeout", "'3s'");
        SETTINGS.put("idle_session_timeout", "'3s'");
    }

    /** Columns whose text depends on a setting, and such as are decoded from it. */
    private static final List<String> VALUES = List.of(
            "bytea 'abc'",
            "bytea '\\x00ff5c'",
            "date '2024-03-02'",
            "timestamp '2024-03-02 04:05:06.7'",
            "timestamptz '2024-03-02 04:05:06.7+02'",
            "timestamptz '1880-03-02 04:05:06+00'",
            "timestamptz[] '{2024-03-02 04:05:06+02}'",
            "tstzrange '[2024-03-02 04:05:06+02,)'",
            "timetz '04:05:06+02'",
            "interval '1 year 2 mons 3 days -04:05:06.7'",
            "float8 '0.1'",
            "real '1.2345678'",
            "float8[] '{0.1,1e-300}'",
            "money '1234.5'",
            "text 'äöü 漢字'",
            "xml '<a/>'",
            "text[] '{a,\"NULL\",NULL}'",
            "point '(0.1,2)'",
            "box '((1,2),(0.1,0))'",
            "regclass 'elsewhere.odd'",
            "regtype 'elsewhere.mood'");
    /** The last of them: names of objects, which follow the search path in the stream as in look-ups. */
    private static final int NAMES = 2;

    private final StreamMode mode;
    private final TestDatabase database;

    InheritedSettingsTest(StreamMode mode, TestDatabase database) {
        this.mode = mode;
        this.database = database;
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "database", "role"})
    void valuesReadAlikeInTheStreamAndInLookUps(String level) throws Exception {
        String table = "printed_" + level + "_" + mode.name().toLowerCase(Locale.ROOT);
        List<String> columns = new ArrayList<>();
        List<String> literals = new ArrayList<>();
        for (String value : VALUES) {
            int blank = value.indexOf(' ');
            columns.add("c" + columns.size() + " " + value.substring(0, blank));
            literals.add(value.substring(blank + 1) + "::" + value.substring(0, blank));
        }
        database.execute(
                "CREATE SCHEMA IF NOT EXISTS elsewhere",
                "CREATE TABLE IF NOT EXISTS elsewhere.odd ()",
                "DO $$ BEGIN CREATE TYPE elsewhere.mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN END $$",
                "CREATE TABLE " + table + " (id int PRIMARY KEY, " + String.join(", ", columns) + ")",
                "ALTER TABLE " + table + " REPLICA IDENTITY FULL",
                "INSERT INTO " + table + " VALUES (1, " + String.join(", ", literals) + ")");
        List<String> plain = lookUp(table, columns.size());
        try (var stream = new Stream(database, mode, table, table)) {
            set(level, true);
            try {
                stream.open();
                try (Connection writer = new PostgresConnections(Stream.jdbc(database)).open("test")) {
                    writer.createStatement()
                            .execute("INSERT INTO " + table + " SELECT 2, " + names(columns.size()) + " FROM " + table);
                    writer.createStatement().execute("DELETE FROM " + table + " WHERE id = 2");
                }
                var changes = stream.afterTransactions(2);
                List<String> found = lookUp(table, columns.size());
                assertThat(found.subList(0, found.size() - NAMES)).isEqualTo(plain.subList(0, plain.size() - NAMES));
                assertThat(found).endsWith("odd", "mood");
                assertThat(values(changes.get(0).after(), columns.size())).isEqualTo(found);
                assertThat(values(changes.get(1).before(), columns.size())).isEqualTo(found);
                // Nothing was ended for being idle.
                await().during(Duration.ofSeconds(4))
                        .until(() -> !stream.capture().ended().isDone());
            } finally {
                set(level, false);
            }
        }
    }

    /** With {@code bytea_output = escape} the two differ in what is taken for the prefix of hex digits alone. */
    @Test
    void differentBytesNeverLookAlike() throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS photos",
                "CREATE TABLE photos (id int PRIMARY KEY, photo bytea)",
                "ALTER TABLE photos REPLICA IDENTITY FULL",
                "INSERT INTO photos VALUES (1, 'ab12')");
        try (var stream = new Stream(database, mode, "photos", "photos")) {
            set("database", true);
            try {
                stream.open();
                try (Connection writer = new PostgresConnections(Stream.jdbc(database)).open("test")) {
                    writer.createStatement().execute("UPDATE photos SET photo = 'cd12'");
                }
                var update = stream.afterTransactions(1).get(0);
                assertThat(update.before().get("photo")).isEqualTo("\\x61623132");
                assertThat(update.after().get("photo")).isEqualTo("\\x63643132");
            } finally {
                set("database", false);
            }
        }
    }

    private static String names(int columns) {
        var names = new ArrayList<String>();
        for (int i = 0; i < columns; i++) {
            names.add("c" + i);
        }
        return String.join(", ", names);
    }

    private List<String> lookUp(String table, int columns) throws SQLException {
        var values = new ArrayList<String>();
        try (Connection connection = new PostgresConnections(Stream.jdbc(database)).open("test");
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT " + names(columns).replaceAll("(c[0-9]+)", "$1::text")
                        + " FROM " + table + " WHERE id = 1")) {
            row.next();
            for (int i = 1; i <= columns; i++) {
                values.add(row.getString(i));
            }
        }
        return values;
    }

    private static List<String> values(Row row, int columns) {
        var values = new ArrayList<String>();
        for (int i = 0; i < columns; i++) {
            values.add(row.get("c" + i));
        }
        return values;
    }

    private void set(String level, boolean on) throws SQLException {
        try (Connection connection = new PostgresConnections(Stream.jdbc(database)).open("test");
                var statement = connection.createStatement()) {
            String target = switch (level) {
                case "server" -> "ALTER SYSTEM";
                case "database" -> "ALTER DATABASE \"" + database.name() + "\"";
                default -> "ALTER ROLE \"" + database.user() + "\"";
            };
            for (var setting : SETTINGS.entrySet()) {
                statement.execute(
                        on
                                ? target + " SET " + setting.getKey() + " = " + setting.getValue()
                                : target + " RESET " + setting.getKey());
            }
            if (level.equals("server")) {
                statement.execute("SELECT pg_reload_conf()");
                await().until(() -> {
                    try (Connection other = new PostgresConnections(Stream.jdbc(database)).open("test");
                            var row = other.createStatement()
                                    .executeQuery("SELECT reset_val = 'escape' FROM pg_settings"
                                            + " WHERE name = 'bytea_output'")) {
                        row.next();
                        return row.getBoolean(1) == on;
                    }
                });
            }
        }
    }
}
