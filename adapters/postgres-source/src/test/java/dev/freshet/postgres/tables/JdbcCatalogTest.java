// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.Problem;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.CatalogTable.Identity;
import dev.freshet.model.mapping.check.MappingCheck;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@WithPostgres
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcCatalogTest {
    private static final int NEGATIVE_SCALES = 15;
    private static final int GENERATED_COLUMNS = 18;

    private Handle handle;
    private JdbcCatalog catalog;
    private int version;

    @BeforeAll
    void createTables(TestDatabase database) {
        database.execute(
                "CREATE TYPE mood AS ENUM ('glad')",
                "CREATE DOMAIN tight AS int NOT NULL",
                "CREATE DOMAIN tighter AS tight",
                "CREATE TABLE plain (id int PRIMARY KEY, code text NOT NULL, m mood, d tighter, j json, gone int)",
                "ALTER TABLE plain DROP COLUMN gone",
                "CREATE UNIQUE INDEX plain_code ON plain (code, id)",
                "CREATE UNIQUE INDEX plain_part ON plain (code) WHERE id > 5",
                "CREATE DOMAIN cents AS numeric(12,2)",
                "CREATE COLLATION caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "CREATE TABLE loose (id numeric PRIMARY KEY, n numeric(10), c cents, x text, y text COLLATE caseless)",
                "CREATE TABLE whole (id int PRIMARY KEY, a int); ALTER TABLE whole REPLICA IDENTITY FULL",
                "CREATE TABLE bare (id int)",
                "CREATE TABLE late (id int PRIMARY KEY DEFERRABLE)",
                "CREATE TABLE by_index (id int PRIMARY KEY, code int NOT NULL UNIQUE)",
                "ALTER TABLE by_index REPLICA IDENTITY USING INDEX by_index_code_key",
                "CREATE TABLE payment (id int, day date, amount int, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
                "CREATE TABLE payment_1 PARTITION OF payment FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                "CREATE TABLE payment_2 PARTITION OF payment FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
                "ALTER TABLE payment_1 REPLICA IDENTITY FULL",
                "CREATE TABLE hollow (id int PRIMARY KEY, amount int) PARTITION BY LIST (id)",
                "CREATE VIEW sight AS SELECT 1 AS id");
        handle = Jdbi.create(database.dataSource()).open();
        catalog = new JdbcCatalog(handle);
        version = handle.createQuery("SELECT current_setting('server_version_num')::int / 10000")
                .mapTo(Integer.class)
                .one();
        if (version >= NEGATIVE_SCALES) {
            handle.execute("ALTER TABLE loose ADD t numeric(5,-2)");
        }
    }

    @AfterAll
    void close() {
        handle.close();
    }

    private CatalogTable table(String name) {
        return catalog.table(TableName.of(name)).orElseThrow();
    }

    @Test
    void readsColumnsThroughDomainsAndEnums() {
        assertThat(table("plain").columns().keySet()).containsExactly("id", "code", "m", "d", "j");
        assertThat(table("plain").columns())
                .containsEntry("id", new Column("int4", false))
                .containsEntry("m", new Column("enum", true, OptionalInt.empty(), true, List.of("glad")))
                .containsEntry("d", new Column("int4", false));
    }

    /** A generated column is in the stream from PostgreSQL 18 on, if it is stored. */
    @Test
    void readsWhichColumnsTheStreamHas() {
        boolean newer = version >= GENERATED_COLUMNS;
        handle.execute("CREATE TABLE generated (id int PRIMARY KEY, s int GENERATED ALWAYS AS (id + 1) STORED"
                + (newer ? ", v int GENERATED ALWAYS AS (id + 2) VIRTUAL" : "") + ")");
        var columns = table("generated").columns();
        assertThat(columns.get("id").published()).isTrue();
        assertThat(columns.get("s").published()).isEqualTo(newer);
        if (newer) {
            assertThat(columns.get("v").published()).isFalse();
        }
    }

    @Test
    void readsWhetherEqualValuesPrintAlike() {
        assertThat(table("loose").columns())
                .containsEntry("id", new Column("numeric", false))
                .containsEntry("n", new Column("numeric", true, OptionalInt.of(0), true))
                .containsEntry("c", new Column("numeric", true, OptionalInt.of(2), true))
                .containsEntry("x", new Column("text", true))
                .containsEntry("y", new Column("text", true, OptionalInt.empty(), false));
        if (version >= NEGATIVE_SCALES) {
            assertThat(table("loose").columns())
                    .containsEntry("t", new Column("numeric", true, OptionalInt.of(-2), true));
        }
    }

    @Test
    void readsUniqueIndexesThatHoldForEveryRow() {
        assertThat(table("plain").uniqueIndexes())
                .extracting(CatalogTable.UniqueIndex::name)
                .containsExactly("plain_pkey", "plain_code");
        assertThat(table("plain").uniqueIndexes().get(1).columns()).containsExactly("code", "id");
    }

    @Test
    void readsReplicaIdentities() {
        assertThat(table("plain").identity()).isEqualTo(new Identity(false, Set.of("id")));
        assertThat(table("whole").identity()).isEqualTo(Identity.FULL);
        assertThat(table("bare").identity()).isEqualTo(new Identity(false, Set.of()));
        assertThat(table("late").identity()).isEqualTo(new Identity(false, Set.of()));
        assertThat(table("by_index").identity()).isEqualTo(new Identity(false, Set.of("code")));
    }

    @Test
    void readsPartitions() {
        assertThat(table("payment").partitions())
                .extracting(CatalogTable::identity)
                .containsExactly(Identity.FULL, new Identity(false, Set.of("id", "day")));
        assertThat(table("payment_2").partitionOf()).contains(TableName.of("payment"));
    }

    @Test
    void aTableWithoutPartitionsYetLacksNoReplicaIdentity() {
        var mapping = MappingParser.parse(
                "m.yaml",
                new StringReader(
                        "freshet: 1\nentities:\n  hollow: { table: hollow, id: id, keys: [ 'amount:{amount}' ] }\n"));
        assertThat(MappingCheck.check(mapping, catalog)).isEmpty();
    }

    /** All of PostgreSQL's own, and their arrays. Those of an application have one name alone. */
    @Test
    void messagesNameTypesAsPostgresPrintsThem() {
        var types = handle.createQuery("""
                        SELECT typname AS name, format_type(oid, NULL) AS printed FROM pg_type
                        WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm') AND typname !~ '^_?pg_'""")
                .map((row, context) -> Map.entry(row.getString("name"), row.getString("printed")))
                .list();
        assertThat(types)
                .hasSizeGreaterThan(80)
                .allSatisfy(type ->
                        assertThat(new Column(type.getKey(), true).typeName()).isEqualTo(type.getValue()));
    }

    @Test
    void ofAViewTheTablesThatItReadsAreNamed() {
        handle.execute(
                "CREATE VIEW near AS SELECT p.id FROM plain p WHERE EXISTS (SELECT FROM whole w WHERE w.id = p.id)");
        handle.execute("CREATE MATERIALIZED VIEW far AS SELECT n.id FROM near n JOIN payment ON payment.id = n.id");
        assertThat(catalog.obstacle(TableName.of("near")))
                .hasValue("is a view, and has no changes of its own; expected the tables that it reads:"
                        + " public.plain, public.whole");
        assertThat(catalog.obstacle(TableName.of("far")))
                .hasValue("is a materialized view, whose refreshes are not published; expected the tables that it"
                        + " reads: public.payment, public.plain, public.whole");
        assertThat(catalog.obstacle(TableName.of("sight")))
                .hasValue("is a view, and has no changes of its own; expected the tables that it reads");
        handle.execute("DROP MATERIALIZED VIEW far");
        handle.execute("DROP VIEW near");
    }

    @Test
    void knowsNoViewsAndNothingThatIsNotThere() {
        assertThat(catalog.table(TableName.of("sight"))).isEmpty();
        assertThat(catalog.table(TableName.of("nothing"))).isEmpty();
    }

    @Test
    void aCheckRefusesToMatchRowsByWhatPrintsDifferently() {
        String yaml = """
                freshet: 1
                entities:
                  loose: { table: loose, id: id, isolate: y, references: { plain: { columns: c, to: d } }, keys: [ "a:{n}:{plain.d}" ] }
                  plain: { table: plain, id: id }
                """;
        var mapping = MappingParser.parse("m.yaml", new StringReader(yaml));
        assertThat(MappingCheck.check(mapping, catalog).stream()
                        .filter(Problem::isError)
                        .map(Problem::message))
                .anyMatch(message -> message.startsWith("column 'id' of public.loose is of type numeric, whose equal"))
                .anyMatch(message -> message.startsWith("column 'y' of public.loose is of type text, whose equal"))
                .anyMatch(message ->
                        message.startsWith("column 'c' of public.loose is of type numeric with 2 decimals and"
                                + " column 'd' of public.plain of type integer: equal values print differently"))
                .noneMatch(message -> message.contains("'n'"));
    }

    @Test
    void theStatementsThatACheckNamesMendIt() {
        String yaml = """
                freshet: 1
                entities:
                  payment: { table: payment, id: [id, day], keys: [ "paid:{amount}" ] }
                  plain: { table: plain, id: id, keys: [ "code:{code}" ] }
                """;
        var mapping = MappingParser.parse("m.yaml", new StringReader(yaml));
        List<Problem> problems = MappingCheck.check(mapping, catalog);
        assertThat(problems.stream().map(p -> p.remedy().orElseThrow()))
                .containsExactly(
                        "ALTER TABLE public.payment_2 REPLICA IDENTITY FULL;",
                        "ALTER TABLE public.plain REPLICA IDENTITY USING INDEX plain_code;");
        handle.useTransaction(h -> {
            problems.forEach(p -> h.execute(p.remedy().orElseThrow()));
            assertThat(MappingCheck.check(mapping, catalog)).isEmpty();
            h.rollback();
        });
    }

    /** Such a table can be streamed and changed, and the changes of some of its rows would never come. */
    @Test
    void aPartitionOutsideOfTheWalIsAnObstacle() {
        handle.execute("CREATE FOREIGN DATA WRAPPER elsewhere");
        handle.execute("CREATE SERVER elsewhere FOREIGN DATA WRAPPER elsewhere");
        handle.execute("CREATE TABLE split (id int) PARTITION BY LIST (id)");
        handle.execute("CREATE TABLE split_1 PARTITION OF split FOR VALUES IN (1)");
        assertThat(catalog.obstacle(TableName.of("split"))).isEmpty();
        handle.execute("CREATE FOREIGN TABLE split_2 PARTITION OF split FOR VALUES IN (2) SERVER elsewhere");
        assertThat(catalog.obstacle(TableName.of("split")))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("partitions whose changes are not in the WAL", "public.split_2"));
        assertThat(table("split").partitions()).extracting(CatalogTable::name).containsExactly(TableName.of("split_1"));
        handle.execute("DROP FOREIGN TABLE split_2");
        handle.execute("CREATE UNLOGGED TABLE split_3 PARTITION OF split FOR VALUES IN (3)");
        assertThat(catalog.obstacle(TableName.of("split")))
                .hasValueSatisfying(why -> assertThat(why).contains("public.split_3"));
    }
}
