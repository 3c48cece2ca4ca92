// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.rebuild.Differences;
import dev.freshet.writer.rebuild.Projections;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Plain SQL of an application that knows of no log. */
@WithPostgres(template = MigratedSchema.class)
class RecordingTest {
    private TestDatabase owner;
    private TestDatabase app;
    private long start;

    @BeforeEach
    void aSmallTree(TestDatabase database) throws SQLException {
        owner = database;
        app = MigratedSchema.as(database, "freshet_app");
        app.execute(
                "truncate freshet.global_context cascade",
                "insert into freshet.global_context (user_id) values ('ann'), ('bob')",
                "insert into freshet.project_context (id, user_id, name) values (1, 'ann', 'p'), (2, 'ann', 'q')",
                "insert into freshet.branch_context (id, user_id, project_id, name) values (1, 'ann', 1, 'b'), (2, 'ann', 1, 'c')",
                "insert into freshet.task_context (id, user_id, branch_id, name) select i, 'ann', 1, 't' || i from generate_series(1, 3) i");
        start = number("select max(position) from freshet.event");
    }

    @AfterEach
    void theLogTellsWhatTheTablesHold() {
        assertThat(new Projections(Jdbi.create(owner.dataSource())).verify()).allMatch(Differences::none);
    }

    private List<String> recorded() throws SQLException {
        var events = new ArrayList<String>();
        try (var connection = owner.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("select stream || ' ' || type || ' ' || (data - 'createdAt' - 'document')::text"
                                + " from freshet.event where position > " + start + " order by position")) {
            while (rows.next()) {
                events.add(rows.getString(1));
            }
        }
        return events;
    }

    private long number(String sql) throws SQLException {
        try (var connection = owner.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private long version(String stream) throws SQLException {
        return number("select max(version) from freshet.event where stream = '" + stream + "'");
    }

    @Test
    void anUpdateSaysWhatChangedAndRaisesTheVersion() throws SQLException {
        long before = version("task:1");
        app.execute("update freshet.task_context set name = 'x', status = 'done', version = 99 where id = 1");
        assertThat(recorded()).containsExactly("task:1 Updated {\"name\": \"x\", \"status\": \"done\"}");
        assertThat(number("select version from freshet.task_context where id = 1"))
                .isEqualTo(before + 1);
        assertThat(
                        number(
                                "select count(*) from freshet.event e join freshet.task_context t on e.recorded_at = t.updated_at"
                                        + " where e.stream = 'task:1' and e.version = t.version and t.id = 1 and e.source = 'sql'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update freshet.task_context set name = name",
                "update freshet.task_context set version = 50, updated_at = now(), created_at = '2000-01-01'",
                "update freshet.task_context set document = document || '{}'",
                "update freshet.task_context set name = 'x' where id = 12345",
                "delete from freshet.task_context where false",
                "insert into freshet.task_context (id, user_id, branch_id) values (1, 'ann', 1) on conflict do nothing"
            })
    void whatChangesNothingIsNotRecorded(String sql) throws SQLException {
        long before = number("select sum(version) from freshet.task_context");
        app.execute(sql);
        assertThat(recorded()).isEmpty();
        assertThat(number("select sum(version) from freshet.task_context")).isEqualTo(before);
    }

    @Test
    void manyRowsOfOneStatementAreRecordedEach() throws SQLException {
        app.execute("update freshet.task_context set name = name || 'x', branch_id = 2");
        assertThat(recorded())
                .containsExactlyInAnyOrder(
                        "task:1 Moved {\"to\": 2, \"from\": 1, \"name\": \"t1x\"}",
                        "task:2 Moved {\"to\": 2, \"from\": 1, \"name\": \"t2x\"}",
                        "task:3 Moved {\"to\": 2, \"from\": 1, \"name\": \"t3x\"}");
    }

    @Test
    void ofManyRowsOnlyThoseThatChangeAreRecorded() throws SQLException {
        app.execute("update freshet.task_context set name = case when id = 2 then 'x' else name end");
        assertThat(recorded()).containsExactly("task:2 Updated {\"name\": \"x\"}");
    }

    @Test
    void aRowThatChangesItsIdBesideOthersThatKeepTheirs() throws SQLException {
        app.execute("update freshet.task_context set name = 'x', id = case when id = 2 then 20 else id end");
        assertThat(recorded())
                .containsExactlyInAnyOrder(
                        "task:1 Updated {\"name\": \"x\"}",
                        "task:2 Deleted {\"reason\": \"rekeyed\"}",
                        "task:20 Created {\"name\": \"x\", \"parent\": 1, \"status\": \"open\", \"description\": \"\"}",
                        "task:3 Updated {\"name\": \"x\"}");
    }

    @Test
    void whenARowWasMadeIsRecordedInUtc() throws SQLException {
        app.execute(
                "set timezone = 'Asia/Kolkata'; insert into freshet.task_context (id, user_id, branch_id, created_at)"
                        + " values (30, 'ann', 1, '2020-01-01 00:00:00.5+00')",
                "set timezone = 'Asia/Kolkata'; update freshet.task_context set id = 31 where id = 30");
        assertThat(number("select count(*) from freshet.event where stream in ('task:30', 'task:31')"
                        + " and data ->> 'createdAt' = '2020-01-01T00:00:00.5+00:00'"))
                .isEqualTo(2);
    }

    @Test
    void oneNumberInAnotherSpellingIsNoChange() throws SQLException {
        app.execute("update freshet.project_context set document = '{\"n\":1}' where id = 1");
        app.execute("update freshet.project_context set document = '{\"n\":1.0}' where id = 1");
        assertThat(recorded()).hasSize(1);
        assertThat(number("select count(*) from freshet.project_context where document::text = '{\"n\": 1}'"))
                .isEqualTo(1);
    }

    @Test
    void aMoveNamesBothParents() throws SQLException {
        app.execute("update freshet.task_context set branch_id = 2 where id = 1");
        app.execute("update freshet.task_context set branch_id = 2, name = 'y' where id = 2");
        assertThat(recorded())
                .containsExactly(
                        "task:1 Moved {\"to\": 2, \"from\": 1}",
                        "task:2 Moved {\"to\": 2, \"from\": 1, \"name\": \"y\"}");
    }

    @Test
    void aCascadeIsRecordedRowByRow() throws SQLException {
        app.execute("delete from freshet.project_context where id = 1");
        assertThat(recorded())
                .containsExactlyInAnyOrder(
                        "project:1 Deleted {\"reason\": \"deleted\"}",
                        "branch:1 Deleted {\"reason\": \"deleted\"}",
                        "branch:2 Deleted {\"reason\": \"deleted\"}",
                        "task:1 Deleted {\"reason\": \"deleted\"}",
                        "task:2 Deleted {\"reason\": \"deleted\"}",
                        "task:3 Deleted {\"reason\": \"deleted\"}");
    }

    @Test
    void truncateIsRecordedRowByRow() throws SQLException {
        app.execute("truncate freshet.task_context");
        assertThat(recorded())
                .containsExactly(
                        "task:1 Deleted {\"reason\": \"truncated\"}",
                        "task:2 Deleted {\"reason\": \"truncated\"}",
                        "task:3 Deleted {\"reason\": \"truncated\"}");
    }

    @Test
    void truncateThatCouldMissRowsIsRefused() throws SQLException {
        try (var connection = app.connect()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> connection.createStatement().execute("truncate freshet.task_context"))
                    .hasMessageContaining("READ COMMITTED");
        }
    }

    @Test
    void anIdThatIsUsedAgainGoesOnWithItsVersion() throws SQLException {
        long before = version("task:1");
        app.execute(
                "delete from freshet.task_context where id = 1",
                "insert into freshet.task_context (id, user_id, branch_id, name) values (1, 'ann', 2, 'again')");
        assertThat(number("select version from freshet.task_context where id = 1"))
                .isEqualTo(before + 2);
    }

    @Test
    void anotherIdIsAnotherStream() throws SQLException {
        app.execute("update freshet.branch_context set id = 70 where id = 1");
        assertThat(recorded())
                .contains("branch:1 Deleted {\"reason\": \"rekeyed\"}", "task:1 Moved {\"to\": 70, \"from\": 1}")
                .hasSize(5);
        app.execute("update freshet.task_context set id = id + 1000");
        assertThat(number("select count(*) from freshet.task_context where id > 1000"))
                .isEqualTo(3);
    }

    @Test
    void idsThatChangePlacesAreToldByWhatTheyHoldNow() throws SQLException {
        try (var connection = app.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update freshet.task_context set id = 900 where id = 1");
            statement.execute("update freshet.task_context set id = 1 where id = 2");
            statement.execute("update freshet.task_context set id = 2 where id = 900");
            connection.commit();
        }
        // One statement that shifts a chain, from the last to the first.
        app.execute("with t as (select id from freshet.task_context order by id desc)"
                + " update freshet.task_context c set id = c.id + 1 from t where t.id = c.id and c.id = 3");
        assertThat(
                        number(
                                "select count(*) from freshet.task_context where (id, name) in ((1, 't2'), (2, 't1'), (4, 't3'))"))
                .isEqualTo(3);
    }

    @Test
    void anotherUserLosesAndGetsTheWholeSubtree() throws SQLException {
        app.execute("update freshet.project_context set user_id = 'bob' where id = 1");
        assertThat(recorded())
                .hasSize(12)
                .filteredOn(event -> event.contains("Deleted"))
                .hasSize(6);
        assertThat(number(
                        "select count(*) from freshet.event where user_id = 'bob' and type = 'Created' and position > "
                                + start))
                .isEqualTo(6);
        app.execute("update freshet.global_context set user_id = 'cid' where user_id = 'bob'");
        assertThat(number("select count(*) from freshet.task_context where user_id = 'cid'"))
                .isEqualTo(3);
    }

    @Test
    void copyAndUpsertAndMergeAreRecorded() throws Exception {
        try (var connection = app.connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy freshet.task_context (id, user_id, branch_id, name, document) from stdin (format csv)",
                            new StringReader("601,ann,1,c1,\"{\"\"a\"\":1}\"\n602,ann,2,c2,{}\n"));
        }
        assertThat(recorded()).hasSize(2).allMatch(event -> event.contains("Created"));
        app.execute("insert into freshet.task_context (id, user_id, branch_id, name) values (1, 'ann', 1, 'up')"
                + " on conflict (id) do update set name = excluded.name");
        if (app.server().version() >= 15) {
            app.execute("merge into freshet.task_context t using (values (2), (800)) v (id) on t.id = v.id"
                    + " when matched then delete when not matched then insert (id, user_id, branch_id)"
                    + " values (v.id, 'ann', 1)");
        } else {
            app.execute(
                    "delete from freshet.task_context where id = 2",
                    "insert into freshet.task_context (id, user_id, branch_id) values (800, 'ann', 1)");
        }
        assertThat(recorded().subList(2, 5))
                .containsExactlyInAnyOrder(
                        "task:1 Updated {\"name\": \"up\"}",
                        "task:2 Deleted {\"reason\": \"deleted\"}",
                        "task:800 Created {\"name\": \"\", \"parent\": 1, \"status\": \"open\", \"description\": \"\"}");
    }

    @Test
    void rowsChangedTwiceInOneStatementCountOnce() throws SQLException {
        // The cascade moves the tasks that the other half of the statement renames.
        app.execute("with renamed as (update freshet.branch_context set id = 90 where id = 1 returning id)"
                + " update freshet.task_context set name = 'r' where id = 3");
        assertThat(number("select count(*) from freshet.task_context where branch_id = 90"))
                .isEqualTo(3);
    }

    @Test
    void aChildCannotBelongToAnotherUserThanItsParent() {
        assertThatThrownBy(() -> app.execute(
                        "insert into freshet.branch_context (id, user_id, project_id) values (500, 'bob', 1)"))
                .hasMessageContaining("foreign key");
        assertThatThrownBy(() -> app.execute("update freshet.task_context set user_id = 'bob' where id = 1"))
                .hasMessageContaining("foreign key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update freshet.event set user_id = 'bob'",
                "delete from freshet.event",
                "truncate freshet.event",
                "delete from freshet.event where false"
            })
    void theLogCannotBeChangedEvenByItsOwner(String sql) {
        assertThatThrownBy(() -> owner.execute(sql)).hasMessageContaining("append-only");
        assertThatThrownBy(() -> app.execute(sql)).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> MigratedSchema.as(owner, "freshet_writer").execute(sql))
                .hasMessageContaining("permission denied");
    }

    @Test
    void aProgramThatCallsItselfTheApiIsStillRecorded() throws SQLException {
        try (var connection = app.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local freshet.source = 'api'");
            statement.execute("select set_config('freshet.user', 'ann', true)");
            statement.execute("update freshet.task_context set name = 'sly' where id = 1");
            connection.commit();
        }
        assertThat(recorded()).containsExactly("task:1 Updated {\"name\": \"sly\"}");
    }

    @Test
    void aDocumentIsAnObject() {
        assertThatThrownBy(() -> app.execute("update freshet.task_context set document = '[]'"))
                .hasMessageContaining("document");
        assertThatThrownBy(() -> app.execute("update freshet.task_context set document = null"))
                .hasMessageContaining("document");
    }
}
