// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check --apply}: what it changes by default, what on request, and what never. */
@WithPostgres
@WithRedis
class SetUpTest {
    private static final String PASSWORD = "only-for-this-test";

    private final TestDatabase database;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    SetUpTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void createTables() throws IOException {
        database.execute(
                "CREATE ROLE dba LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE owner LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE \"Fresh et\" LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE SCHEMA app AUTHORIZATION owner",
                "CREATE TABLE app.room (id int PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE app.shelf (id int PRIMARY KEY, room_id int REFERENCES app.room)",
                "CREATE TABLE app.secret (id int PRIMARY KEY)",
                "ALTER TABLE app.room OWNER TO owner",
                "ALTER TABLE app.shelf OWNER TO owner",
                "ALTER TABLE app.secret OWNER TO owner",
                "DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', current_database());"
                        + " EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO owner, dba', current_database()); END $$");
        Files.writeString(folder.resolve("m.yaml"), """
                freshet: 1
                entities:
                  room: { table: app.room, id: id, keys: [ { key: "shelf:{shelf.id}", on: [name] } ] }
                  shelf: { table: app.shelf, id: id, references: { room: room_id }, keys: [ "room:{room_id}:{id}" ] }
                """);
    }

    @AfterEach
    void drop() {
        database.dropSlot("set_up");
        database.execute(
                "DROP PUBLICATION IF EXISTS set_up",
                "DROP SCHEMA app CASCADE",
                "DROP OWNED BY dba, owner, \"Fresh et\" CASCADE",
                "DROP ROLE dba, owner, \"Fresh et\"",
                "DROP ROLE IF EXISTS rds_replication, rds_superuser, cloudsqlsuperuser, azure_pg_admin, neon_superuser,"
                        + " supabase_admin",
                "DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO PUBLIC', current_database()); END $$");
    }

    /** One run does everything, and the granted rights suffice. */
    @Test
    void asASuperuserItSetsEverythingUpForARoleInOneRun() {
        assertThat(check(database, "--apply", "--for-role=Fresh et")).as(all()).isZero();
        assertThat(out.toString())
                .contains("GRANT CONNECT ON DATABASE")
                .contains("GRANT USAGE ON SCHEMA app TO \"Fresh et\";")
                .contains("GRANT SELECT ON app.shelf TO \"Fresh et\";")
                .contains("ALTER ROLE \"Fresh et\" REPLICATION;")
                .contains("REPLICA IDENTITY")
                .doesNotContain("app.secret")
                .contains("Nothing would be missed.");

        assertThat(check(database, "--apply", "--for-role=Fresh et")).isZero();
        assertThat(out.toString().lines().filter(line -> line.endsWith(";") && !line.startsWith(" ")))
                .as("nothing to do")
                .isEmpty();
        assertThat(out.toString()).contains("Left out: 1 statement of warnings. To have it run: --apply=warnings");

        assertThat(check(role("Fresh et"))).as(all()).isZero();
    }

    /** Rights that every role has, unless an administrator revoked them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXECUTE ON FUNCTION pg_logical_emit_message(boolean, text, text, boolean)",
                "EXECUTE ON FUNCTION pg_replication_slot_advance(name, pg_lsn)",
                "EXECUTE ON FUNCTION pg_control_system()",
                "EXECUTE ON FUNCTION pg_terminate_backend(integer, bigint)",
                "EXECUTE ON FUNCTION pg_snapshot_xmin(pg_snapshot)",
                "EXECUTE ON FUNCTION pg_drop_replication_slot(name)",
                "EXECUTE ON FUNCTION pg_partition_root(regclass)",
                "SELECT ON pg_index",
                "SELECT ON pg_replication_slots",
                "SELECT ON pg_publication_tables",
                "SELECT ON pg_prepared_xacts"
            })
    void rightsThatEveryRoleUsuallyHasAreLookedForAndGranted(String right) {
        assertThat(check(database, "--apply", "--for-role=Fresh et")).as(all()).isZero();
        String there = database.server().version() >= 17 ? right : right.replace(", text, boolean)", ", text)");
        database.execute("REVOKE " + there + " FROM PUBLIC");
        try {
            String object = there.replaceFirst(" ON (FUNCTION )?", " ON $1pg_catalog.");
            String name = object.replaceFirst("\\(.*", "");
            assertThat(check(role("Fresh et"))).as(all()).isEqualTo(1);
            assertThat(out.toString()).contains("GRANT " + name).contains(" TO \"Fresh et\";");
            assertThat(check(database, "--for-role=Fresh et")).as(all()).isEqualTo(1);

            assertThat(check(database, "--apply", "--for-role=Fresh et"))
                    .as(all())
                    .isZero();
            assertThat(check(role("Fresh et"))).as(all()).isZero();
            database.execute("REVOKE " + there + " FROM \"Fresh et\"");
        } finally {
            database.execute("GRANT " + there + " TO PUBLIC");
        }
    }

    @Test
    void aRightThatIsMissedOnlyLaterHidesNothingElse() {
        assertThat(check(database, "--apply", "--for-role=Fresh et")).as(all()).isZero();
        String advance = "EXECUTE ON FUNCTION pg_replication_slot_advance(name, pg_lsn)";
        database.execute("REVOKE " + advance + " FROM PUBLIC", "REVOKE SELECT ON app.shelf FROM \"Fresh et\"");
        try {
            assertThat(check(role("Fresh et"))).as(all()).isEqualTo(1);
            assertThat(out.toString())
                    .contains("GRANT EXECUTE ON FUNCTION pg_catalog.pg_replication_slot_advance")
                    .contains("GRANT SELECT ON app.shelf");
        } finally {
            database.execute("GRANT " + advance + " TO PUBLIC");
        }
    }

    @Test
    void theOwnerOfTheTablesDoesWhatItMayAndTheRestIsTold() {
        assertThat(check(role("owner"), "--apply", "--for-role=Fresh et")).isEqualTo(1);
        assertThat(err.toString()).contains("refused: ");
        assertThat(out.toString())
                .contains("may not read replication slots")
                .contains("ALTER ROLE \"Fresh et\" REPLICATION;");

        assertThat(check(database, "--apply", "--for-role=Fresh et")).as(all()).isZero();
        assertThat(check(role("Fresh et"))).as(all()).isZero();
    }

    @Test
    void aRoleWithoutRightsChangesNothing() {
        assertThat(check(role("dba"), "--apply=rights,replica-identity", "--for-role=Fresh et"))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM pg_publication WHERE pubname = 'set_up'"))
                .isZero();
        assertThat(count("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'set_up'"))
                .isZero();
    }

    @Test
    void withoutANameItChangesNothingOfOthers() {
        assertThat(check(database, "--apply")).isEqualTo(1);
        assertThat(out.toString())
                .contains("CREATE PUBLICATION set_up")
                .contains("Left out: 1 statement of replica-identity. To have it run: --apply=replica-identity");
        assertThat(count("SELECT count(*) FROM pg_class WHERE relname = 'shelf' AND relreplident = 'd'"))
                .isEqualTo(1);

        assertThat(check(database, "--apply=replica-identity")).as(all()).isZero();
    }

    @Test
    void aPublicationOfOthersIsChangedOnlyWhenAskedForByName() {
        database.execute("CREATE PUBLICATION set_up FOR TABLE app.secret");
        assertThat(check(database, "--apply", "--for-role=Fresh et")).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM pg_publication_tables WHERE pubname = 'set_up'"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("it is not Freshet's")
                .contains("ALTER PUBLICATION set_up ADD TABLE app.room, app.shelf;")
                .contains("To have it run: --apply=publication");

        assertThat(check(database, "--apply=publication", "--for-role=Fresh et"))
                .as(all())
                .isZero();
        assertThat(count("SELECT count(*) FROM pg_publication_tables WHERE pubname = 'set_up'"))
                .isEqualTo(3);
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThat(check(database, "--apply=server")).isEqualTo(2);
        assertThat(err.toString()).contains("rights, replica-identity, publication, slot, warnings");
    }

    /** As on RDS, where the role's own attribute is false and cannot be set. */
    @Test
    void aRoleThatReplicatesThroughMembershipIsTaken() {
        database.execute("CREATE ROLE rds_superuser", "CREATE ROLE rds_replication");
        assertThat(check(database, "--for-role=Fresh et")).isEqualTo(1);
        assertThat(out.toString())
                .contains("GRANT rds_replication TO \"Fresh et\";")
                .doesNotContain(" REPLICATION;");

        assertThat(check(database, "--apply", "--for-role=Fresh et")).as(all()).isZero();
        assertThat(count("SELECT count(*) FROM pg_roles WHERE rolname = 'Fresh et' AND rolreplication"))
                .isZero();
        assertThat(check(role("Fresh et"))).as(all()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rds_superuser", "cloudsqlsuperuser", "azure_pg_admin", "neon_superuser", "supabase_admin"})
    void onAManagedPlatformNothingIsPrintedThatNeedsASuperuser(String fact) {
        database.execute(
                "CREATE ROLE " + fact,
                "ALTER TABLE app.shelf ENABLE ROW LEVEL SECURITY",
                "GRANT USAGE ON SCHEMA app TO \"Fresh et\"",
                "GRANT SELECT ON app.shelf, app.room TO \"Fresh et\"");
        check(database, "--for-role=Fresh et");
        assertThat(out.toString())
                .contains("may not read replication slots")
                .contains("CREATE POLICY freshet_reads_all ON app.shelf")
                .doesNotContain("ALTER SYSTEM")
                .doesNotContain("BYPASSRLS")
                .doesNotContain("ALTER ROLE \"Fresh et\" REPLICATION");
    }

    /** Counts what a purge would delete. */
    @Test
    void keysThatAPurgeWouldDeleteAreCounted(RedisServer redis) {
        var client = RedisClient.create(redis.uri());
        try (var connection = client.connect()) {
            List.of("shelf:1", "shelf:2", "shelf:settings", "room:1:2", "room:service:2")
                    .forEach(key -> connection.sync().set(key, "x"));
        } finally {
            client.shutdown();
        }
        check(database, "--redis-url=" + redis.uri());
        assertThat(out.toString())
                .contains("a purge deletes 2 keys by pattern shelf:*, and spares 1 key that no row can have made")
                .contains("a purge deletes 1 key by pattern room:*:*, and spares 1 key");
        check(database);
        assertThat(out.toString()).contains("a purge deletes keys by pattern: shelf:*, room:*:*. Give --redis-url");
        assertThat(check(database, "--redis-url=redis://127.0.0.1:1")).isEqualTo(1);
        assertThat(out.toString()).contains("error: could not ask Redis", "[FR301]");
    }

    private TestDatabase role(String name) {
        return database.as(name, PASSWORD);
    }

    private int check(TestDatabase as, String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var arguments = new ArrayList<>(List.of(
                "check",
                "--jdbc-url=" + as.jdbcUrl() + "?password=" + as.password(),
                "--jdbc-user=" + as.user(),
                "--mapping=" + folder.resolve("m.yaml"),
                "--slot=set_up",
                "--publication=set_up"));
        arguments.addAll(List.of(more));
        return CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private String all() {
        return out + "\n" + err;
    }

    private long count(String sql) {
        try (Connection connection = database.connect();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
