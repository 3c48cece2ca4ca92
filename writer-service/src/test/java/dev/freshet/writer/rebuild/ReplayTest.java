// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.context.Level;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.Api;
import dev.freshet.writer.db.MigratedSchema;
import dev.freshet.writer.store.ContextTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tables are what the log says, whatever has been written and by whom; and can be made so again. */
@WithPostgres(template = MigratedSchema.class)
class ReplayTest {
    private static final int STEPS = 100;
    private static Api api;
    private static TestDatabase owner;
    private static Projections projections;

    @BeforeAll
    static void start(TestDatabase database) {
        owner = database;
        api = Api.start(database);
        projections = new Projections(Jdbi.create(database.dataSource()));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void theTriggersWatchAgain() {
        MigratedSchema.as(owner, "freshet_app")
                .execute(
                        "insert into freshet.global_context (user_id) values ('watched') on conflict (user_id) do update"
                                + " set name = freshet.global_context.name || 'x'");
        assertThat(projections.verify()).allMatch(Differences::none);
    }

    /** Everything that the tables hold, in one text. */
    private static List<String> contents() {
        return Jdbi.create(owner.dataSource())
                .withHandle(handle -> Arrays.stream(Level.values())
                        .flatMap(level -> handle
                                .createQuery("select t::text from "
                                        + ContextTable.of(level).name() + " t order by 1")
                                .mapTo(String.class)
                                .list()
                                .stream())
                        .toList());
    }

    /** Where rows stand in the tables: changes whenever a row is touched. */
    private static List<String> places() {
        return Jdbi.create(owner.dataSource())
                .withHandle(handle -> Arrays.stream(Level.values())
                        .flatMap(level -> handle
                                .createQuery("select xmin || ' ' || ctid from "
                                        + ContextTable.of(level).name() + " order by 1")
                                .mapTo(String.class)
                                .list()
                                .stream())
                        .toList());
    }

    /** Puts other things into the tables behind the triggers' back, as a restored backup might. */
    private static void spoil(String... statements) throws SQLException {
        try (var connection = owner.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local session_replication_role = replica");
            for (var sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    @Test
    void aRandomMixOfApiAndSqlIsReplayedToTheSameTables() throws SQLException {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        var mix = new RandomMix(new Random(seed), api, MigratedSchema.as(owner, "freshet_app"));
        for (int i = 0; i < STEPS; i++) {
            mix.step();
        }
        assertThat(mix.done()).as("steps that were not refused, seed " + seed).isGreaterThan(STEPS / 3);
        assertThat(projections.verify()).as("seed " + seed).allMatch(Differences::none);

        var before = contents();
        assertThat(before).isNotEmpty();
        spoil(
                "delete from freshet.task_context where id % 3 = 0",
                "update freshet.task_context set name = 'spoilt', version = version + 1 where id % 3 = 1",
                "update freshet.branch_context set created_at = created_at - interval '1 day' where id % 2 = 0",
                "delete from freshet.branch_context where id % 5 = 1",
                "delete from freshet.global_context where user_id < 'v'",
                "insert into freshet.task_context (id, user_id, branch_id) values (777777, 'nobody', 888888)");
        assertThat(projections.rebuild()).as("seed " + seed).anyMatch(differences -> !differences.none());
        assertThat(contents()).as("seed " + seed).isEqualTo(before);
    }

    @Test
    void aRebuildOfWhatIsRightTouchesNothing() {
        var ann = api.as("ann");
        ann.task(ann.branch(ann.project("p"), "b"), "t");
        var before = places();
        assertThat(projections.rebuild()).allMatch(Differences::none);
        assertThat(places()).isEqualTo(before);
    }

    @Test
    void aRebuildTouchesOnlyRowsThatDiffer() throws SQLException {
        var ann = api.as("ann");
        long branch = ann.branch(ann.project("p"), "b");
        for (int i = 0; i < 20; i++) {
            ann.task(branch, "t");
        }
        long spoilt = ann.task(branch, "t");
        var before = places();
        spoil("update freshet.task_context set name = 'spoilt' where id = " + spoilt);

        var found = projections.rebuild();

        assertThat(found.get(Level.TASK.ordinal()).different()).isEqualTo(1);
        assertThat(found.get(Level.TASK.ordinal()).examples()).containsExactly(Long.toString(spoilt));
        var after = new ArrayList<>(places());
        after.removeAll(before);
        assertThat(after).hasSize(1);
        assertThat(ann.get("/v1/tasks/" + spoilt).json().get("name").textValue())
                .isEqualTo("t");
    }

    @Test
    void everythingComesBackFromTheLogAlone() throws SQLException {
        var ann = api.as("ann");
        ann.task(ann.branch(ann.project("p"), "b"), "t");
        var before = contents();
        spoil(
                "delete from freshet.task_context",
                "delete from freshet.branch_context",
                "delete from freshet.project_context",
                "delete from freshet.global_context",
                "alter sequence freshet.task_context_id_seq restart");
        projections.rebuild();
        assertThat(contents()).isEqualTo(before);
        assertThat(ann.project("after")).isPositive();
        assertThat(ann.task(ann.branch(ann.project("after"), "b"), "t")).isPositive();
    }

    @Test
    void verifyTellsWhatIsWrongAndChangesNothing() throws SQLException {
        var ann = api.as("ann");
        long task = ann.task(ann.branch(ann.project("p"), "b"), "t");
        spoil("update freshet.task_context set document = '{\"spoilt\":1}' where id = " + task);
        var wrong = projections.verify().get(Level.TASK.ordinal());
        assertThat(wrong.none()).isFalse();
        assertThat(wrong)
                .hasToString(
                        "task: " + wrong.rows() + " rows, 0 missing, 0 surplus, 1 different (such as " + task + ")");
        assertThat(projections.verify().get(Level.TASK.ordinal())).isEqualTo(wrong);
        projections.rebuild();
    }
}
