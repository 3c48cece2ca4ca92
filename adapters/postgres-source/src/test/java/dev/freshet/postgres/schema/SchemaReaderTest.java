// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.schema.ForeignKey;
import dev.freshet.model.schema.Schema;
import dev.freshet.postgres.tables.JdbcCatalog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@WithPostgres
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaReaderTest {
    private final TestDatabase database;

    SchemaReaderTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    void createTables() {
        database.execute(
                "CREATE SCHEMA \"Odd \"\"Schema\"",
                "CREATE TABLE item (tenant int, id int, PRIMARY KEY (tenant, id))",
                "CREATE TABLE \"Odd \"\"Schema\".\"a.b\" (\"Weird Id\" int PRIMARY KEY, t int, i int,"
                        + " CONSTRAINT \"odd fk\" FOREIGN KEY (t, i) REFERENCES item)",
                "CREATE TABLE part (id int PRIMARY KEY, item_id int, tenant int,"
                        + " FOREIGN KEY (tenant, item_id) REFERENCES item) PARTITION BY RANGE (id)",
                "CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (1) TO (9) PARTITION BY RANGE (id)",
                "CREATE TABLE part_1a PARTITION OF part_1 FOR VALUES FROM (1) TO (5)",
                "CREATE TABLE parent (id int PRIMARY KEY)",
                "CREATE TABLE heir (PRIMARY KEY (id)) INHERITS (parent)",
                "CREATE TABLE alike (id int PRIMARY KEY, \"ID\" int)",
                "CREATE UNLOGGED TABLE scratch (id int PRIMARY KEY)",
                "CREATE VIEW sight AS SELECT * FROM item",
                "CREATE FOREIGN DATA WRAPPER nowhere",
                "CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere",
                "CREATE FOREIGN TABLE far (id int) SERVER elsewhere",
                "CREATE TABLE mixed (id int) PARTITION BY RANGE (id)",
                "CREATE FOREIGN TABLE mixed_far PARTITION OF mixed FOR VALUES FROM (1) TO (9) SERVER elsewhere",
                "CREATE TABLE owned (id int PRIMARY KEY)",
                "DO $$ BEGIN CREATE ROLE onlooker LOGIN PASSWORD 'o'; EXCEPTION WHEN duplicate_object THEN END $$",
                "REVOKE ALL ON SCHEMA public FROM PUBLIC");
    }

    private Schema read(Predicate<TableName> wanted) throws SQLException {
        try (var connection = database.as("onlooker", "o").connect()) {
            return SchemaReader.read(connection, wanted, (done, all) -> {});
        }
    }

    @Test
    void readsEveryTableAsARoleWithoutRights() throws SQLException {
        Schema schema = read(name -> true);
        assertThat(schema.database()).isEqualTo(database.name());
        assertThat(schema.tables())
                .extracting(TableName::toString)
                .containsExactly(
                        "\"Odd \"\"Schema\".\"a.b\"", "public.heir", "public.item", "public.owned", "public.part");
        assertThat(schema.table(TableName.of("part")).orElseThrow().partitions())
                .hasSize(1);
        assertThat(schema.existing()).contains(TableName.of("parent")).doesNotContain(TableName.of("sight"));
    }

    @Test
    void whatCannotBeMappedHasItsReason() throws SQLException {
        assertThat(read(name -> true).obstacles())
                .hasEntrySatisfying(
                        TableName.of("parent"), why -> assertThat(why).contains("public.heir", "INHERITS"))
                .hasEntrySatisfying(
                        TableName.of("alike"), why -> assertThat(why).contains("differ only by case (id, ID)"))
                .hasEntrySatisfying(
                        TableName.of("scratch"), why -> assertThat(why).contains("is unlogged"))
                .hasEntrySatisfying(
                        TableName.of("sight"), why -> assertThat(why).contains("is a view"))
                .hasEntrySatisfying(TableName.of("far"), why -> assertThat(why).contains("is a foreign table"))
                .hasEntrySatisfying(
                        TableName.of("mixed"), why -> assertThat(why).contains("public.mixed_far"))
                .hasSize(6);
    }

    @Test
    void readsForeignKeysOfTablesOnceAndNotOfPartitions() throws SQLException {
        assertThat(read(name -> true).foreignKeys())
                .extracting(ForeignKey::table, ForeignKey::columns, ForeignKey::target, ForeignKey::to)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                new TableName("Odd \"Schema", "a.b"),
                                List.of("t", "i"),
                                TableName.of("item"),
                                List.of("tenant", "id")),
                        org.assertj.core.groups.Tuple.tuple(
                                TableName.of("part"),
                                List.of("tenant", "item_id"),
                                TableName.of("item"),
                                List.of("tenant", "id")));
    }

    @Test
    void looksAtWantedTablesAlone() throws SQLException {
        var seen = new ArrayList<Integer>();
        try (var connection = database.connect()) {
            Schema schema = SchemaReader.read(
                    connection, name -> name.table().startsWith("part"), (done, all) -> seen.add(done * 100 + all));
            assertThat(schema.tables()).containsExactly(TableName.of("part"));
            assertThat(schema.obstacles()).isEmpty();
            assertThat(connection.getAutoCommit()).isTrue();
        }
        assertThat(seen).containsExactly(101);
    }

    @Test
    void saysOfATableWhatTheCheckWillFind() throws SQLException {
        Schema schema = read(name -> true);
        try (var handle = Jdbi.create(database.dataSource()).open()) {
            var catalog = new JdbcCatalog(handle);
            schema.byName()
                    .forEach((name, table) -> assertThat(catalog.table(name)).contains(table));
        }
    }
}
