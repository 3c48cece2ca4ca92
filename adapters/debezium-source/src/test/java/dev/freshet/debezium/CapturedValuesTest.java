// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each value must read as PostgreSQL itself casts it to text. */
@WithPostgres
@ParameterizedClass
@EnumSource(StreamMode.class)
class CapturedValuesTest {
    private record Case(String type, List<String> literals) {}

    private static final List<Case> CASES = List.of(
            new Case("smallint", List.of("-32768", "0", "32767")),
            new Case("integer", List.of("-2147483648", "42")),
            new Case("bigint", List.of("-9223372036854775808", "9223372036854775807")),
            new Case("boolean", List.of("true", "false")),
            new Case("oid", List.of("4294967295")),
            new Case(
                    "numeric",
                    List.of(
                            "1.50",
                            "0",
                            "0.000000000001",
                            "123456789012345678901234567890.1",
                            "'NaN'",
                            "'Infinity'",
                            "'-Infinity'",
                            "1e20",
                            "-7.00")),
            new Case("numeric(12,3)", List.of("1", "-0.5")),
            new Case("numeric(5,-2)", List.of("12345")),
            new Case(
                    "real",
                    List.of("1", "1.5", "0.1", "1e20", "1e-7", "-0.0", "'NaN'", "'Infinity'", "123456", "1234567")),
            new Case(
                    "double precision",
                    List.of(
                            "1",
                            "0.1",
                            "1e20",
                            "1e15",
                            "1e14",
                            "123456789012345",
                            "0.0001",
                            "0.00001",
                            "-1.5e-300",
                            "'-Infinity'")),
            new Case("text", List.of("''", "'a'", "' padded '", "'äöü 漢字 🙂'", "E'line\\nbreak'", "'null'")),
            new Case("varchar(10)", List.of("'abc '")),
            new Case("char(6)", List.of("'ab'", "' x'", "''", "E'ab\\t'", "E'a \\n'")),
            new Case("code", List.of("'ab'")),
            new Case("address", List.of("'10.1.2.3'")),
            new Case("\"char\"", List.of("'a'")),
            new Case("name", List.of("'a name'")),
            new Case("uuid", List.of("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'")),
            new Case(
                    "date",
                    List.of(
                            "'2024-02-29'",
                            "'0044-03-15 BC'",
                            "'infinity'",
                            "'-infinity'",
                            "'12345-01-01'",
                            "'0001-01-01'")),
            new Case("time", List.of("'00:00'", "'23:59:59.999999'", "'12:34:56.7'")),
            new Case(
                    "timestamp",
                    List.of(
                            "'2024-02-29 12:34:56'",
                            "'2024-02-29 12:34:56.000001'",
                            "'0044-03-15 01:02:03 BC'",
                            "'infinity'",
                            "'-infinity'",
                            "'1999-12-31 23:59:59.5'")),
            new Case(
                    "timestamptz",
                    List.of(
                            "'2024-02-29 12:34:56+02'",
                            "'2024-06-30 23:30:00.25-05:30'",
                            "'0044-03-15 01:02:03+00 BC'",
                            "'infinity'",
                            "'-infinity'")),
            new Case(
                    "interval",
                    List.of(
                            "'1 year 2 mons 3 days 04:05:06.789'",
                            "'0'",
                            "'-1 day'",
                            "'-1 mon +2 days -03:00'",
                            "'90 min'",
                            "'1 day -00:00:00.5'",
                            "'-2 days +1 hour'",
                            "'100 hours'")),
            new Case("bytea", List.of("'\\xDEADBEEF'", "''")),
            new Case("json", List.of("'{\"b\": 1,  \"a\":[1, 2.50, null]}'")),
            new Case("jsonb", List.of("'{\"b\": 1,  \"a\":[1, 2.50, null]}'", "'\"text\"'", "'null'")),
            new Case("inet", List.of("'192.168.1.7/24'", "'::1'", "'10.1.2.3'")),
            new Case("cidr", List.of("'10.0.0.0/8'")),
            new Case("macaddr", List.of("'08:00:2b:01:02:03'")),
            new Case("bit(1)", List.of("B'1'")),
            new Case("bit(5)", List.of("B'10100'")),
            new Case("varbit", List.of("B'101'", "B''")),
            new Case("int4range", List.of("'[1,5)'", "'empty'")),
            new Case("tstzrange", List.of("'[2024-01-01 00:00+00,)'")),
            new Case("timetz", List.of("'12:34:56.7+05:45'", "'24:00:00-12'")),
            new Case("money", List.of("'-1234567.89'")),
            new Case("point", List.of("'(0.1,-2)'")),
            new Case("polygon", List.of("'((0,0),(1,1.5),(1,0))'")),
            new Case("bool[]", List.of("'{t,f,NULL}'")),
            new Case("char(3)[]", List.of("'{a}'")),
            new Case("inet[]", List.of("'{10.0.0.1}'")),
            new Case("bytea[]", List.of("'{abc,\"\\\\x00\"}'")),
            new Case("pair[]", List.of("ARRAY[ROW(1, 'a\"b')::pair]")),
            new Case("deepest", List.of("'so so'")),
            new Case("yes", List.of("true")),
            new Case("moods", List.of("'{fine}'")),
            new Case("public.\"date\"", List.of("ROW('x')")),
            new Case("floats", List.of("'[0.1,0.5)'")),
            new Case("bit(2)[]", List.of("'{01}'")),
            new Case("macaddr8", List.of("'08:00:2b:01:02:03:04:05'")),
            new Case("jsonpath", List.of("'$.a[*]'")),
            new Case("xid8", List.of("'18446744073709551615'")),
            new Case("int2vector", List.of("'1 2 3'")),
            new Case("timestamp(0)", List.of("'294276-12-31 23:59:59'", "'4713-01-01 00:00:00 BC'")),
            new Case("int[]", List.of("'{1,NULL,3}'", "'{}'", "'{{1,2},{3,4}}'")),
            new Case("text[]", List.of("'{a,\"b c\",\"q\\\"uote\",NULL,\"NULL\"}'")),
            new Case("timestamptz[]", List.of("'{2024-01-01 00:00+00}'")),
            new Case("xml", List.of("'<a b=\"1\"/>'")),
            new Case("tsvector", List.of("'a fat cat'")),
            new Case("tsquery", List.of("'fat & rat'")),
            new Case("pg_lsn", List.of("'16/B374D848'")),
            new Case("mood", List.of("'so so'")),
            new Case("positive", List.of("7")),
            new Case("pair", List.of("ROW(1, 'a b')")),
            new Case("int4multirange", List.of("'{[1,3),[5,9)}'")));

    private final StreamMode mode;
    private final TestDatabase database;

    CapturedValuesTest(StreamMode mode, TestDatabase database) {
        this.mode = mode;
        this.database = database;
    }

    @Test
    void everyTypeReadsAsPostgresCastsIt() throws Exception {
        List<String> columns = new ArrayList<>();
        List<String> literals = new ArrayList<>();
        for (Case one : CASES) {
            for (String literal : one.literals()) {
                columns.add("c" + columns.size() + " " + one.type());
                literals.add(literal);
            }
        }
        database.execute(
                "DROP SCHEMA public CASCADE",
                "CREATE SCHEMA public",
                "CREATE TYPE mood AS ENUM ('so so', 'fine')",
                "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
                "CREATE DOMAIN code AS char(6)",
                "CREATE DOMAIN address AS inet",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE DOMAIN deep AS mood",
                "CREATE DOMAIN deepest AS deep",
                "CREATE DOMAIN yes AS boolean",
                "CREATE DOMAIN moods AS mood[]",
                "CREATE TYPE public.\"date\" AS (a text)",
                "CREATE TYPE floats AS RANGE (subtype = float8)",
                "CREATE TABLE typed (id int PRIMARY KEY, " + String.join(", ", columns) + ")",
                "ALTER TABLE typed REPLICA IDENTITY FULL");
        try (var stream = new Stream(database, mode, "typed", "typed")) {
            stream.open();
            stream.execute(
                    "SET TimeZone = 'Asia/Kathmandu'",
                    "INSERT INTO typed VALUES (1, " + String.join(", ", literals) + ")",
                    "INSERT INTO typed (id) VALUES (2)",
                    "DELETE FROM typed");

            var changes = stream.afterTransactions(3);

            var row = changes.get(0).after();
            var seen = new ArrayList<String>();
            var expected = new ArrayList<String>();
            database.execute("INSERT INTO typed VALUES (1, " + String.join(", ", literals) + ")");
            for (int i = 0; i < columns.size(); i++) {
                String label = columns.get(i) + " " + literals.get(i) + " = ";
                seen.add(label + row.get("c" + i));
                expected.add(label + stream.text("SELECT c" + i + "::text FROM typed"));
            }
            assertThat(seen).containsExactlyElementsOf(expected);
            assertThat(changes.get(2).before()).isEqualTo(row);
            assertThat(changes.get(1).after().values().values().stream().skip(1))
                    .containsOnlyNulls();
            assertThat(changes.get(1).after().values().keySet())
                    .containsExactlyElementsOf(IntStream.range(-1, columns.size())
                            .mapToObj(i -> i < 0 ? "id" : "c" + i)
                            .collect(Collectors.toList()));
        }
    }
}
