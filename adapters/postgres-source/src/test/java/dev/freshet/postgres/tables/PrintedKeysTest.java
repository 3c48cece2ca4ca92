// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever PostgreSQL prints of a value, the pattern of its column knows the key. */
@WithPostgres
class PrintedKeysTest {
    private static final int VALUES = 2_000;

    private final TestDatabase database;

    PrintedKeysTest(TestDatabase database) {
        this.database = database;
    }

    /**
     * @param special values of the type, separated by ;
     * @param random an expression for one more
     * @param foreign what no value prints as, separated by ;
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "smallint | -32768;0;32767 | (random() * 65535 - 32768)::int | settings;007;1.5",
                "int | -2147483648;0;2147483647 | (random() * 4e9 - 2e9)::bigint | settings;x1",
                "bigint | -9223372036854775808;9223372036854775807 | (random() * 1.8e19 - 9e18)::numeric::bigint | settings",
                "oid | 0;4294967295 | (random() * 4e9)::bigint::oid | settings;-1",
                "positive | 1;2147483647 | (random() * 2e9)::int + 1 | settings",
                "uuid | 00000000-0000-0000-0000-000000000000 | gen_random_uuid() | settings",
                "boolean | true;false | random() < 0.5 | settings;t",
                "date | infinity;-infinity;0044-03-15 BC;4713-01-01 BC;5874897-12-31 | date '4000-01-01 BC' + (random() * 5e6)::int | settings;2026-02",
                "timestamp | infinity;-infinity;4713-01-01 00:00:00 BC;294276-12-31 23:59:59.999999 | timestamp '4000-01-01 BC' + random() * interval '20000 years' | settings",
                "timestamptz | infinity;-infinity;2026-02-03 04:05:06.7+05:30;0044-03-15 12:00:00+00 BC | timestamptz '4000-01-01 BC' + random() * interval '20000 years' | settings",
                "time | 00:00:00;24:00:00;23:59:59.999999 | (random() * interval '24 hours')::time | settings",
                "interval | 00:00:00;-1 years -2 mons +3 days -04:05:06.789;178000000 years;100 days;2562047788:00:54 | (random() - 0.5) * interval '10 years 3 mons 20 days' | settings;1 year of settings",
                "numeric | NaN;Infinity;-Infinity;0.00000001;-12345678901234567890.123;1e40 | (random() - 0.5)::numeric * 10 ^ (random() * 30)::int | settings;1e5",
                "numeric(10,2) | 0.00;-99999999.99 | ((random() - 0.5) * 1e8)::numeric(10,2) | settings",
                "real | NaN;Infinity;-Infinity;1e-45;3.4028235e+38;-0 | (random() - 0.5) * 10 ^ (random() * 60 - 30) | settings",
                "double precision | NaN;-Infinity;5e-324;1.7976931348623157e+308;1e15;-0 | (random() - 0.5) * 10 ^ (random() * 600 - 300) | settings",
                "inet | ::1;10.0.0.1/8;::ffff:1.2.3.4;2001:db8::/32 | '0.0.0.0'::inet + (random() * 4e9)::bigint | settings;face",
                "cidr | 10.0.0.0/8;::/0;2001:db8::/32 | network(set_masklen('0.0.0.0'::inet + (random() * 4e9)::bigint, 20)) | settings",
                "macaddr | 08:00:2b:01:02:03 | substr(md5(random()::text), 1, 12)::macaddr | settings",
                "macaddr8 | 08:00:2b:01:02:03:04:05 | substr(md5(random()::text), 1, 16)::macaddr8 | settings",
                "bytea | \\x | decode(md5(random()::text), 'hex') | settings;00ff",
                "bit(5) | 00000 | (random() * 31)::int::bit(5) | settings",
                "bit varying | 1 | (random() * 1e9)::int::bit(32) | settings",
                "pg_lsn | 0/0;FFFFFFFF/FFFFFFFF | '0/0'::pg_lsn + (random() * 9e18)::numeric | settings",
                "mood | glad;so so;(odd*$) | (enum_range(NULL::mood))[1 + (random() * 2)::int] | settings;gladly",
                "text | settings;a:b;é | md5(random()::text) | ",
                "citytext | settings | md5(random()::text) | ",
                "char(5) | ab;x | substr(md5(random()::text), 1, 5) | ",
                "jsonb | {\"a\": 1} | to_jsonb(random()) | ",
                "int4range | empty;[1,2) | int4range((random() * 100)::int, 200) | "
            })
    void isFound(String type, String special, String random, String foreign) {
        database.execute(
                "DROP TABLE IF EXISTS printed",
                "DROP DOMAIN IF EXISTS positive, citytext",
                "DROP TYPE IF EXISTS mood",
                "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
                "CREATE DOMAIN citytext AS text",
                "CREATE TYPE mood AS ENUM ('glad', 'so so', '(odd*$)')",
                "CREATE TABLE printed (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v " + type + ")",
                "INSERT INTO printed (v) SELECT (" + random + ")::" + type + " FROM generate_series(1, " + VALUES + ")",
                "INSERT INTO printed (v) SELECT x::" + type + " FROM regexp_split_to_table($v$" + special
                        + "$v$, ';') AS x");
        try (Handle handle = Jdbi.create(database.dataSource()).open()) {
            handle.execute("SET TimeZone = 'UTC'");
            var patterns = KeyPatterns.of(
                    MappingParser.parse(
                            "m.yaml",
                            new StringReader(
                                    "freshet: 1\nentities: { p: { table: printed, id: id, keys: [ 'k:{v}:{id}' ] } }")),
                    new JdbcCatalog(handle));
            handle.createQuery("SELECT 'k:' || v::text || ':' || id FROM printed")
                    .mapTo(String.class)
                    .forEach(key -> assertThat(matches(patterns, key)).as(key).isTrue());
            if (foreign != null) {
                for (String other : foreign.split(";")) {
                    assertThat(matches(patterns, "k:" + other + ":1")).as(other).isFalse();
                }
            }
            assertThat(matches(patterns, "k:" + special.split(";")[0] + ":x")).isFalse();
        }
    }

    private static boolean matches(KeyPatterns patterns, String key) {
        return patterns.matches("k:*:*", key.getBytes(StandardCharsets.UTF_8));
    }
}
