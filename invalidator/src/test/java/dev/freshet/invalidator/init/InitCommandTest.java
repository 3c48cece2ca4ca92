// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code init} on a real database with about everything in it that a database can have. */
@WithPostgres
@WithRedis
class InitCommandTest {
    private final TestDatabase database;
    private final RedisServer redis;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path file;

    InitCommandTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @BeforeEach
    void createTables() {
        file = folder.resolve("m.yaml");
        redis.flush();
        database.execute(
                "CREATE SCHEMA archive",
                "CREATE SCHEMA \"my schema\"",
                "CREATE DOMAIN code AS text CHECK (length(VALUE) < 9)",
                "CREATE TABLE tenants (id uuid PRIMARY KEY, name text)",
                "CREATE TABLE users (id int PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, email text UNIQUE,"
                        + " invited_by int REFERENCES users)",
                "CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, buyer_id int REFERENCES"
                        + " users, seller_id int REFERENCES users, at timestamptz)",
                "CREATE TABLE archive.orders (id bigint PRIMARY KEY)",
                "CREATE TABLE products (tenant_id uuid, sku code, PRIMARY KEY (tenant_id, sku))",
                "CREATE TABLE order_items (order_id bigint REFERENCES orders, line int, tenant_id uuid, sku code,"
                        + " PRIMARY KEY (order_id, line), FOREIGN KEY (tenant_id, sku) REFERENCES products)",
                "CREATE TABLE tags (id int PRIMARY KEY)",
                "CREATE TABLE user_tags (user_id int REFERENCES users, tag_id int REFERENCES tags, PRIMARY KEY (user_id, tag_id))",
                "CREATE TABLE payment (id int, day date, order_id bigint REFERENCES orders, PRIMARY KEY (id, day))"
                        + " PARTITION BY RANGE (day)",
                "CREATE TABLE payment_26 PARTITION OF payment FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                "CREATE TABLE badge (no int NOT NULL UNIQUE)",
                "CREATE TABLE measure (at float8 PRIMARY KEY)",
                "CREATE TABLE log (line text)",
                "CREATE TABLE loose (code text UNIQUE)",
                "CREATE TABLE animal (id int PRIMARY KEY)",
                "CREATE TABLE dog (PRIMARY KEY (id)) INHERITS (animal)",
                "CREATE UNLOGGED TABLE scratch (id int PRIMARY KEY)",
                "CREATE VIEW sight AS SELECT 1 AS id",
                "CREATE MATERIALIZED VIEW summary AS SELECT 1 AS id",
                "CREATE FOREIGN DATA WRAPPER nowhere",
                "CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere",
                "CREATE FOREIGN TABLE far (id int) SERVER elsewhere",
                "CREATE TABLE \"my schema\".\"Odd: #name\" (\"the id\" int PRIMARY KEY, \"null\" text, \"a\"\"b\" int REFERENCES users)",
                "CREATE TABLE \"a.b\" (id int PRIMARY KEY)",
                "CREATE TABLE \"evil\n  injected: { table: log }\" (id int)",
                "CREATE TABLE \"\u0437\u0430\u043a\u0430\u0437\" (id int PRIMARY KEY, computed int GENERATED ALWAYS AS (id + 1) STORED)",
                "DO $$ BEGIN CREATE ROLE onlooker LOGIN PASSWORD 'o'; EXCEPTION WHEN duplicate_object THEN END $$",
                "REVOKE ALL ON SCHEMA public FROM PUBLIC");
    }

    @AfterEach
    void drop() {
        database.dropSlot("drafted");
        database.execute(
                "DROP PUBLICATION IF EXISTS drafted",
                "DROP FOREIGN DATA WRAPPER nowhere CASCADE",
                "DROP SCHEMA archive, \"my schema\", public CASCADE",
                "CREATE SCHEMA public");
    }

    private int init(String... more) {
        return run("init", more);
    }

    private int run(String command, String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(Arrays.asList(more));
        if (command.equals("init")
                && arguments.stream().noneMatch(each -> each.equals("--print") || each.startsWith("--output"))) {
            arguments.add("--output=" + file);
        }
        var variables = new HashMap<>(
                Map.of("FRESHET_JDBC_URL", database.as("onlooker", "o").jdbcUrlWithUser()));
        if (command.equals("check")) {
            variables.put("FRESHET_JDBC_URL", database.jdbcUrlWithUser());
        }
        return CommandRunner.commandLine(new InvalidatorMain(), new Environment(variables))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private Mapping written() throws IOException {
        return MappingParser.parse(file);
    }

    private String text() throws IOException {
        return Files.readString(file);
    }

    private static List<String> templates(EntityMapping entity) {
        return entity.templates().stream().map(KeyTemplate::text).toList();
    }

    @Test
    void aRoleWithoutRightsGetsAMappingOfEveryTableThatCanBeMapped() throws IOException {
        assertThat(init()).as(err::toString).isZero();
        Mapping mapping = written();
        assertThat(mapping.tables())
                .extracting(TableName::toString)
                .containsExactlyInAnyOrder(
                        "archive.orders",
                        "my schema.Odd: #name",
                        "public.\"a.b\"",
                        "public.badge",
                        "public.dog",
                        "public.order_items",
                        "public.orders",
                        "public.payment",
                        "public.products",
                        "public.tags",
                        "public.tenants",
                        "public.user_tags",
                        "public.users",
                        "public.\u0437\u0430\u043a\u0430\u0437");
        assertThat(mapping.entity("order").references())
                .extracting("name", "entity")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("tenant", "tenant"),
                        org.assertj.core.groups.Tuple.tuple("buyer", "user"),
                        org.assertj.core.groups.Tuple.tuple("seller", "user"));
        assertThat(mapping.entity("user").reference("invited_by").orElseThrow().entity())
                .isEqualTo("user");
        assertThat(mapping.entity("order_item")
                        .reference("product")
                        .orElseThrow()
                        .columns())
                .containsExactly("tenant_id", "sku");
        assertThat(templates(mapping.entity("user_tag")))
                .containsExactly("user_tag:{user_id}:{tag_id}", "user:{user_id}:tags", "tag:{tag_id}:users");
        assertThat(templates(mapping.entity("user"))).containsExactly("user:{id}");
        assertThat(mapping.entity("product").isolate()).contains("tenant_id");
        assertThat(mapping.entity("user").isolate()).isEmpty();
        assertThat(text())
                .contains("user:    # a guess: singular of users")
                .contains("# isolate: tenant_id    # a guess (")
                .contains("#   public.log has no primary key")
                .contains("#   public.measure has no key that identifies its rows here")
                .contains("#   public.sight is a view")
                .contains("#   public.far is a foreign table")
                .contains("#   public.animal has heirs (INHERITS: public.dog)")
                .contains("evil\\u000A  injected");
        assertThat(err.toString()).contains("14 tables mapped").contains("wrote " + file);
    }

    @Test
    void checkFindsNothingWrongInIt() throws IOException {
        assertThat(init()).isZero();
        assertThat(run("check", "--mapping=" + file, "--slot=drafted", "--publication=drafted"))
                .isEqualTo(1);
        assertThat(out.toString().lines().filter(line -> line.contains(file.toString())))
                .singleElement()
                .asString()
                .contains("the replica identity of public.badge does not carry no");
        assertThat(text()).contains("needs: ALTER TABLE public.badge REPLICA IDENTITY USING INDEX badge_no_key;");

        assertThat(run(
                        "check",
                        "--mapping=" + file,
                        "--slot=drafted",
                        "--publication=drafted",
                        "--apply=replica-identity"))
                .as(() -> out.toString() + err)
                .isZero();
        assertThat(out.toString()).contains("Nothing would be missed.");
    }

    @Test
    void runAgainItAddsWhatIsNewAndKeepsWhatSomebodyWrote() throws IOException {
        init();
        String edited =
                text().replaceFirst("(?s)\n  badge:.*?\n\n", "\n").replace("\"user:{id}\"", "'profile:{id}'   # mine");
        Files.writeString(file, edited);
        assertThat(init()).as(err::toString).isZero();
        assertThat(err.toString()).doesNotContain("new: ");
        assertThat(text()).contains("'profile:{id}'   # mine").contains("#   public.badge was taken out of this file");
        String before = text();
        assertThat(init()).isZero();
        assertThat(err.toString()).contains(file + " is as it was");
        assertThat(text()).isEqualTo(before);

        database.execute(
                "CREATE TABLE coupons (id int PRIMARY KEY, user_id int REFERENCES users)",
                "ALTER TABLE orders ADD coupon_id int REFERENCES coupons",
                "ALTER TABLE tags ADD owner_id int REFERENCES users",
                "DROP TABLE archive.orders");
        assertThat(init("--tables=coupons")).as(err::toString).isZero();
        assertThat(err.toString())
                .contains("new: entity coupon, table public.coupons")
                .contains("not in the database any more: entity archive_order, table archive.orders")
                .contains("new reference of entity order: coupon: coupon_id")
                .contains(
                        "no reference follows the foreign key of entity tag: owner: { entity: user, columns: owner_id }");
        String notes = text().substring(text().indexOf("# ---- Notes"));
        assertThat(text().replaceFirst("(?s)\n  coupon:.*?\n\n", "\n").replace("      coupon: coupon_id\n", ""))
                .startsWith(before.substring(0, before.indexOf("# ---- Notes")));
        assertThat(notes)
                .contains("#   entity archive_order, table archive.orders")
                .contains("#   entity tag: owner: { entity: user, columns: owner_id }")
                .doesNotContain("coupon: coupon_id");
        assertThat(written().entity("order").reference("coupon")).isPresent();
        assertThat(written().entity("coupon").reference("user").orElseThrow().entity())
                .isEqualTo("user");
    }

    @Test
    void invalidFileIsLeftAlone() throws IOException {
        Files.writeString(file, "freshet: 1\nentities: { a: { tabel: a } }\n");
        assertThat(init()).isEqualTo(2);
        assertThat(err.toString()).contains("m.yaml:2:").contains("nothing was added");
        assertThat(text()).isEqualTo("freshet: 1\nentities: { a: { tabel: a } }\n");
    }

    @Test
    void entitiesInBracesAreLeftAloneAndWhatIsNewIsPrinted() throws IOException {
        String text = "freshet: 1\nentities: { t: { table: tags, id: id } }\n";
        Files.writeString(file, text);
        assertThat(init("--tables=tags,tenants")).isEqualTo(1);
        assertThat(out.toString()).contains("  tenant:").contains("    table: tenants");
        assertThat(text()).isEqualTo(text);
    }

    @Test
    void printsAndWritesNothing() throws IOException {
        assertThat(init("--print", "--schemas=my*")).isZero();
        assertThat(out.toString()).startsWith("# A mapping of database").contains("\"my schema.Odd: #name\"");
        assertThat(file).doesNotExist();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void keyNamesInRedisBecomeTemplates() throws IOException {
        var client = RedisClient.create(redis.uri());
        try (var connection = client.connect()) {
            for (int i = 1; i <= 30; i++) {
                connection.sync().set("user:" + i, "secret value");
                connection.sync().set("shop:v1:order:" + i + ":items", "x");
                connection.sync().set("invoice:" + i, "x");
            }
            connection.sync().set("user:email:ada@example.org", "x");
            assertThat(init("--redis-url=" + redis.uri())).as(err::toString).isZero();
            assertThat(connection.sync().dbsize()).isEqualTo(91);
        } finally {
            client.shutdown();
        }
        Mapping mapping = written();
        assertThat(templates(mapping.entity("user"))).containsExactly("user:{id}", "user:email:{email}");
        assertThat(templates(mapping.entity("order"))).containsExactly("shop:v1:order:{id}:items");
        assertThat(templates(mapping.entity("tag"))).containsExactly("tag:{id}");
        assertThat(text())
                .contains("- \"user:{id}\"    # a guess: 30 keys in Redis")
                .contains("- \"tag:{id}\"    # no such key seen in Redis")
                .contains("needs: ALTER TABLE public.users REPLICA IDENTITY FULL;")
                .contains("#   invoice:<number>: 30")
                .doesNotContain("ada@example.org", "secret value");
    }

    @Test
    void looksAtNoMoreKeysThanAllowed() throws IOException {
        var client = RedisClient.create(redis.uri());
        try (var connection = client.connect()) {
            for (int i = 1; i <= 30; i++) {
                connection.sync().set("user:" + i, "x");
            }
        } finally {
            client.shutdown();
        }
        assertThat(init("--redis-url=" + redis.uri(), "--most-keys=7")).isZero();
        assertThat(err.toString()).contains("looked at 7 keys in Redis; there are more");
        assertThat(text()).contains("7 keys in Redis");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --tables=user               | 2 | --tables is 'user'; expected a table of the database
            --tables=oders              | 2 | did you mean 'public.orders'?
            --tables=                   | 2 | --tables is ''; expected names or patterns
            --schemas=archve            | 2 | did you mean 'archive'?
            --tables=log                | 1 | has no table that can be mapped; nothing was written
            --most-keys=0               | 2 | --most-keys is '0'; expected a number from 1
            --scan-time=1               | 2 | is not a duration
            --redis-url=redis://127.0.0.1:1 | 1 | could not ask Redis
            --redis-url=http://u:hunter2@h | 2 | --redis-url
            --output=none/m.yaml        | 2 | which is in a folder that does not exist
            --jdbc-url=jdbc:postgresql://no-such-host.invalid/db | 1 | host no-such-host.invalid is not known
            """)
    void mistakesAreToldAndNothingIsWritten(String option, int code, String expected) {
        assertThat(init(option)).as(err::toString).isEqualTo(code);
        assertThat(err.toString()).contains(expected).doesNotContain("\tat ", "hunter2");
        assertThat(folder).isEmptyDirectory();
    }
}
