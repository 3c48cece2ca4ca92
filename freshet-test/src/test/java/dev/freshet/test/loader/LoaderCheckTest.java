// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.cache.view.TagOf;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each mistake that a loader can make about its tags is found; and one that makes none is let through. */
@WithPostgres
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoaderCheckTest {
    private static final EntryKey<String> TASK = CacheView.json("task", "own").key(1);
    private static final EntryKey<String> TASKS =
            CacheView.json("project", "tasks").listOf("task").key(3);

    private static final Path MAPPING = Path.of("src/test/resources/loaders.yaml");

    private final TestDatabase database;
    private final LoaderCheck check;

    LoaderCheckTest(TestDatabase database) {
        this.database = database;
        database.execute("""
                create table org (id int primary key, name varchar(3) not null, hits int not null default 0);
                create table project (id int primary key, org int not null references org, title text, budget numeric);
                create table task (id int primary key, project int not null references project, title text,
                    done boolean not null default false, due date, extra jsonb);
                create table audit (id int primary key, what text);
                create table event (id int, day date, what text, primary key (id, day)) partition by range (day);
                create table event_2026 partition of event for values from ('2026-01-01') to ('2027-01-01');
                create view task_with_org as
                    select t.id, t.title, o.name from task t join project p on p.id = t.project join org o on o.id = p.org;
                create materialized view totals as select count(*) as tasks from task;
                create function audited() returns bigint language plpgsql as 'begin return (select count(*) from audit); end';
                insert into org values (7, 'abc'), (8, 'def');
                insert into project values (3, 7, 'one', 1.5), (4, 8, 'two', null);
                insert into task values (1, 3, 'first'), (2, 3, 'second'), (5, 4, 'other');
                insert into event values (1, '2026-05-05', 'x');
                """);
        check = LoaderCheck.of(database.dataSource(), MAPPING);
    }

    @Test
    void whatTellsAllOfItsRowsIsRight() throws Exception {
        var report = check.check(TASK, () -> query("select to_json(t)::text from task t where id = 1"));
        assertThat(report.tables()).containsExactly("public.task");
        assertThat(report.tags()).extracting(Object::toString).containsExactly("task:1");
        // Each column of all rows, and where it matters of fewer and fewer.
        assertThat(report.trials()).isGreaterThan(10);
        check.check(TASKS, () -> query("select json_agg(title order by id)::text from task where project = 3"));
        check.check(
                CacheView.json("task", "resolved").key(1),
                () -> query(
                                "select json_build_array(t.title, p.title)::text from task t join project p on p.id = t.project"
                                        + " where t.id = 1")
                        .and(TagOf.inherited("project", 3)));
        check.check(
                CacheView.json("task", "own").key(99),
                () -> query("select to_json(t)::text from task t where id = 99"));
    }

    @Test
    void aTableWithoutATagIsFoundBehindAViewAndAPartitionIsItsParent() throws Exception {
        var report = check.report(TASK, () -> query("select to_json(v)::text from task_with_org v where id = 1"));
        assertThat(report.tables()).containsExactlyInAnyOrder("public.task", "public.project", "public.org");
        assertThat(report.findings())
                .hasSize(2)
                .anySatisfy(finding -> assertThat(finding)
                        .contains(
                                "reads public.org, but carries no tag of entity org (",
                                "loaders.yaml:5",
                                "TagOf.row(\"org\"")
                        .contains("select to_json(v)::text from task_with_org"));
        var event = check.report(TASK, () -> query("select count(*)::text from event where day = '2026-05-05'"));
        assertThat(event.tables()).containsExactly("public.event");
        assertThat(event.findings()).singleElement().asString().contains("public.event");
    }

    @Test
    void aTableThatIsNotMappedIsFoundInAFunctionUnlessItIsAllowed() throws Exception {
        assertThatThrownBy(() -> check.check(TASK, () -> query("select audited()::text")))
                .isInstanceOf(LoaderCheckFailure.class)
                .hasMessageContainingAll("view task/own", "reads public.audit, which the mapping does not name");
        var other = LoaderCheck.of(database.dataSource(), MAPPING);
        other.allow("audit").check(TASK, () -> other(other, "select audited()::text"));
        assertThat(check.report(TASK, () -> query("select tasks::text from totals"))
                        .findings())
                .singleElement()
                .asString()
                .contains("public.totals, a materialized view");
    }

    @Test
    void whatDoesNotExistNeedsTagsOnlyOfRowsThatWouldLetItExist() throws Exception {
        String join = "select to_json(p.title)::text from task t join project p on p.id = t.project where t.id = ";
        check.check(CacheView.json("task", "project").key(99), () -> query(join + 99));
        var report = check.report(TASK, () -> query(join + "1 and p.org = 8"));
        assertThat(report.findings())
                .anySatisfy(finding -> assertThat(finding)
                        .contains("a change of column org of public.project row 3 changes the value", "project:3"));
    }

    @Test
    void aRowWhoseChangeMattersMustBeTold() throws Exception {
        // Of a project there is a tag, but of another one.
        var report = check.report(
                TASK,
                () -> query(
                                "select json_build_array(t.title, p.title)::text from task t join project p on p.id = t.project"
                                        + " where t.id = 1")
                        .and(TagOf.row("project", 4)));
        assertThat(report.findings())
                .anySatisfy(finding -> assertThat(finding)
                        .contains("a change of column title of public.project row 3 changes the value", "project:3"));
    }

    @Test
    void aColumnThatIsNotInheritedNeedsTheRowsOwnTag() throws Exception {
        var key = CacheView.json("task", "budget").key(1);
        String sql = "select json_build_array(t.title, p.budget)::text from task t join project p on p.id = t.project"
                + " where t.id = 1";
        var report = check.report(key, () -> query(sql).and(TagOf.inherited("project", 3)));
        assertThat(report.findings()).anySatisfy(finding -> assertThat(finding).contains("column budget", "row 3"));
        check.check(key, () -> query(sql).and(TagOf.row("project", 3)));
    }

    @Test
    void aColumnThatTheListsDoNotShowNeedsTheTagsOfItsRows() throws Exception {
        var report =
                check.report(TASKS, () -> query("select json_agg(done order by id)::text from task where project = 3"));
        assertThat(report.findings())
                .anySatisfy(finding -> assertThat(finding).contains("column done of public.task row 1", "task:1"));
    }

    @Test
    void aColumnThatTheMappingIgnoresMustNotBeShown() throws Exception {
        var report = check.report(
                CacheView.json("org", "own").key(7), () -> query("select hits::text from org where id = 7"));
        assertThat(report.findings())
                .anySatisfy(finding -> assertThat(finding).contains("column hits of public.org row 7", "ignores"));
    }

    @Test
    void aListThatIsToldByItsRowsAloneMissesTheNextOne() throws Exception {
        var report = check.report(CacheView.json("project", "all").key(3), () -> {
            String sql = "select string_agg(id::text, ',' order by id) from task where project = 3";
            String ids = text(check, sql);
            var tags =
                    Stream.of(ids.split(",")).map(id -> TagOf.row("task", id)).toList();
            return Loaded.of("[" + ids + "]", tags);
        });
        assertThat(report.findings())
                .anySatisfy(
                        finding -> assertThat(finding).contains("the creation of public.task row", "project:3/task"));
    }

    @Test
    void anotherAnswerForTheSameRowsIsToldFirst() throws Exception {
        assertThat(check.report(TASK, () -> query("select random()::text from task where id = 1"))
                        .findings())
                .singleElement()
                .asString()
                .contains("two values for the same rows");
    }

    @Test
    void aLoaderMayUseItsConnectionAsItLikes() throws Exception {
        check.check(TASK, () -> {
            try (var connection = check.dataSource().getConnection()) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                try (var query = connection.prepareStatement("select to_json(t)::text from task t where id = ?")) {
                    query.setInt(1, 1);
                    assertThat(query.getConnection()).isSameAs(connection);
                    try (var rows = query.executeQuery()) {
                        return rows.next() ? Loaded.of(rows.getString(1)) : Loaded.absent();
                    }
                } finally {
                    connection.rollback();
                }
            }
        });
    }

    @Test
    void nothingIsLeftOfTheTrials() throws Exception {
        check.check(TASK, () -> query("select to_json(t)::text from task t where id = 1"));
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select string_agg(title, ',' order by id) from task")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("first,second,other");
        }
    }

    private Loaded<String> query(String sql) throws SQLException {
        return other(check, sql);
    }

    private static Loaded<String> other(LoaderCheck check, String sql) throws SQLException {
        String text = text(check, sql);
        return text == null ? Loaded.absent() : Loaded.of(text);
    }

    private static String text(LoaderCheck check, String sql) throws SQLException {
        try (var connection = check.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
