// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.postgres.connection.SessionSettings;
import dev.freshet.protocol.Lsn;
import java.io.StringReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithPostgres
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcRelationsTest {
    private static final TableName ITEM = new TableName("shop", "Item");

    private TestDatabase database;
    private Handle handle;

    @BeforeAll
    void createTables(TestDatabase database) {
        this.database = database;
        database.execute(
                "CREATE SCHEMA shop",
                "CREATE TYPE shop.mood AS ENUM ('glad', 'so so')",
                "CREATE DOMAIN shop.code AS text",
                """
                CREATE TABLE shop."Item" (id bigint PRIMARY KEY, of_bool bool, of_numeric numeric(10,2), of_uuid uuid,
                    of_date date, of_char char(5), of_enum shop.mood, of_code shop.code, of_varchar varchar(20),
                    of_int smallint, of_moment timestamptz)""",
                """
                INSERT INTO shop."Item" VALUES (1, true, 12.5, '00000000-0000-0000-0000-00000000ABCD', '2026-02-03', 'ab',
                    'so so', 'c,"1', 'v', 7, '2026-02-03 04:05:06.5+02')""",
                "INSERT INTO shop.\"Item\" (id) VALUES (2)",
                "CREATE TABLE shop.place (a int, b text, name text, PRIMARY KEY (a, b))",
                "CREATE TABLE shop.part (id int PRIMARY KEY, a int, b text)",
                "CREATE INDEX ON shop.part (a, b)",
                "INSERT INTO shop.place SELECT n % 10, 'b' || n / 10, 'place ' || n FROM generate_series(0, 99) n",
                "INSERT INTO shop.part SELECT n, 3, 'b4' FROM generate_series(1, 5000) n");
    }

    @BeforeEach
    void open() throws SQLException {
        handle = Jdbi.create(database.dataSource()).open();
        SessionSettings.pin(handle.getConnection());
    }

    @AfterEach
    void close() {
        handle.close();
    }

    private Relations items() {
        String yaml = """
                freshet: 1
                entities:
                  item: { table: shop.Item, id: id, keys: [ "i:{of_bool}{of_numeric}{of_uuid}{of_date}{of_char}{of_enum}{of_code}{of_varchar}{of_int}{of_moment}" ] }
                """;
        return new JdbcRelations(handle, planner(yaml));
    }

    private static Planner planner(String yaml) {
        return new Planner(MappingParser.parse("test.yaml", new StringReader(yaml)));
    }

    private static List<Row> find(Relations relations, String column, String value) {
        var rows = new ArrayList<Row>();
        relations.find(ITEM, List.of(column), List.of(List.of(value)), (tuple, row) -> rows.add(row));
        return rows;
    }

    /** A reference may be of a smaller type than the id that it refers to. */
    @ParameterizedTest
    @CsvSource({"of_int, 40000", "of_int, -40000", "of_int, 123456789012345678901234567890", "id, 9223372036854775808"})
    void noRowHasANumberThatItsColumnCannotHold(String column, String value) {
        var rows = new ArrayList<Row>();
        items().find(
                        ITEM,
                        List.of(column),
                        List.of(List.of(value), List.of(column.equals("id") ? "1" : "7")),
                        (tuple, row) -> {
                            assertThat(tuple).isEqualTo(1);
                            rows.add(row);
                        });
        assertThat(rows).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "id, 1, 1",
        "of_bool, true, true",
        "of_bool, t, true",
        "of_numeric, 12.50, 12.50",
        "of_numeric, 12.5, 12.50",
        "of_uuid, 00000000-0000-0000-0000-00000000abcd, 00000000-0000-0000-0000-00000000abcd",
        "of_date, 2026-02-03, 2026-02-03",
        "of_char, ab, ab",
        "of_enum, so so, so so",
        "of_code, 'c,\"1', 'c,\"1'",
        "of_varchar, v, v",
        "of_int, 7, 7",
        "of_moment, 2026-02-03 02:05:06.5+00, 2026-02-03 02:05:06.5+00"
    })
    void findsByEveryTypeAndAnswersInTheTextOfTheCast(String column, String value, String text) {
        List<Row> rows = find(items(), column, value);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get(column)).isEqualTo(text);
        String cast = handle.createQuery("SELECT " + column + "::text FROM shop.\"Item\" WHERE id = 1")
                .mapTo(String.class)
                .one();
        assertThat(rows.get(0).get(column)).isEqualTo(cast);
    }

    @Test
    void columnsThatAreNullAreKnownToBe() {
        Row row = find(items(), "id", "2").get(0);
        assertThat(row.knows("of_bool")).isTrue();
        assertThat(row.get("of_bool")).isNull();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(find(items(), "id", "99")).isEmpty();
    }

    private static final String PLACES = """
            freshet: 1
            entities:
              place: { table: shop.place, id: [a, b], keys: [ { key: "part:{part.id}", on: [name] } ] }
              part: { table: shop.part, id: id, references: { place: [a, b] }, keys: [ "place:{place.name}" ] }
            """;

    @Test
    void tuplesOfSeveralColumnsMatchRowByRow() {
        var relations = new JdbcRelations(handle, planner(PLACES));
        var found = new LinkedHashMap<Integer, String>();
        var place = new TableName("shop", "place");
        relations.find(
                place,
                List.of("a", "b"),
                List.of(List.of("1", "b2"), List.of("1", "zz"), List.of("9", "b0")),
                (tuple, row) -> found.put(tuple, row.get("a") + row.get("b")));
        assertThat(found).isEqualTo(Map.of(0, "1b2", 2, "9b0"));
    }

    @Test
    void aChangedPlaceEvictsEveryPartInIt() {
        var planner = planner(PLACES);
        var before = new Row(Map.of("a", "3", "b", "b4", "name", "old"));
        var after = new Row(Map.of("a", "3", "b", "b4", "name", "new"));
        var origin = new Origin(1, new Lsn(1), Instant.EPOCH);
        var change = new RowChange(new TableName("shop", "place"), Operation.UPDATE, before, after, origin);
        var parts = new AtomicInteger();
        planner.begin(new JdbcRelations(handle, planner)).plan(List.of(change), eviction -> {
            if (eviction instanceof Eviction.OfKey key && key.key().startsWith("part:")) {
                parts.incrementAndGet();
            }
        });
        assertThat(parts).hasValue(5000);
    }

    @Test
    void lookUpsWithinALookUpKeepTheOuterCursor() {
        var relations = new JdbcRelations(handle, planner(PLACES));
        var inner = new AtomicInteger();
        relations.find(
                new TableName("shop", "part"),
                List.of("a", "b"),
                List.of(List.of("3", "b4")),
                (tuple, row) -> relations.find(
                        new TableName("shop", "place"),
                        List.of("a", "b"),
                        List.of(List.of(row.get("a"), row.get("b"))),
                        (t, place) -> inner.incrementAndGet()));
        assertThat(inner).hasValue(5000);
        assertThat(handle.isInTransaction()).isFalse();
    }
}
