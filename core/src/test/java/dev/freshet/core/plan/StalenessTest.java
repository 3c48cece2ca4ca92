// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Lsn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a change makes stale, row by row and level by level. The hierarchy: user u1 has projects 1 and 2; project 1 has
 * branches 11 and 12; branch 11 has tasks 111 and 112.
 */
class StalenessTest {
    private static final Mapping TAGS = mapping("contexts.yaml");
    private static final Mapping KEYS = mapping("contexts-plain.yaml");

    private static Mapping mapping(String file) {
        try {
            return MappingParser.parse(Path.of("..", "deploy", "mappings", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final World world = new World();

    private Map<String, String> put(String entity, Map<String, String> row) {
        world.rows(KEYS.entity(entity)).add(row);
        return row;
    }

    private final Map<String, String> global = put("global", row("user_id=u1 name=g document=G"));
    private final Map<String, String> project = put("project", row("id=1 user_id=u1 name=p document=P"));
    private final Map<String, String> branch = put("branch", row("id=11 user_id=u1 project_id=1 name=b document=B"));
    private final Map<String, String> task =
            put("task", row("id=111 user_id=u1 branch_id=11 name=t status=open document=T"));
    private final Map<String, String> otherTask =
            put("task", row("id=112 user_id=u1 branch_id=11 name=t2 status=open document=T2"));

    StalenessTest() {
        put("project", row("id=2 user_id=u1 name=p2 document=P2"));
        put("branch", row("id=12 user_id=u1 project_id=1 name=b2 document=B2"));
    }

    private static Map<String, String> row(String columns) {
        var row = new LinkedHashMap<String, String>();
        for (String column : columns.split(" ")) {
            row.put(column.split("=")[0], column.split("=")[1]);
        }
        row.put("description", "text");
        return row;
    }

    private Map<String, String> of(String entity) {
        return Map.of("global", global, "project", project, "branch", branch, "task", task)
                .get(entity);
    }

    private static RowChange change(
            String entity, Operation operation, Map<String, String> before, Map<String, String> after) {
        return new RowChange(
                KEYS.entity(entity).table(),
                operation,
                before == null ? null : new Row(before),
                after == null ? null : new Row(after),
                new Origin(1, new Lsn(2), Instant.EPOCH));
    }

    private RowChange update(String entity, String columns) {
        Map<String, String> before = of(entity);
        var after = new LinkedHashMap<>(before);
        for (String column : columns.split(" ")) {
            after.put(column.split("=")[0], column.split("=")[1]);
        }
        replace(entity, before, after);
        return change(entity, Operation.UPDATE, before, after);
    }

    private RowChange create(String entity) {
        world.rows(KEYS.entity(entity)).remove(of(entity));
        put(entity, of(entity));
        return change(entity, Operation.CREATE, null, of(entity));
    }

    private RowChange delete(String entity) {
        world.rows(KEYS.entity(entity)).remove(of(entity));
        return change(entity, Operation.DELETE, of(entity), null);
    }

    private void replace(String entity, Map<String, String> before, Map<String, String> after) {
        List<Map<String, String>> rows = world.rows(KEYS.entity(entity));
        rows.set(rows.indexOf(before), after);
    }

    /** Keys, tags or patterns with their reasons; the user is left out, as all are of u1. */
    private List<String> plan(Mapping mapping, RowChange... changes) {
        var coalescer = new Coalescer();
        new Planner(mapping).begin(world).plan(List.of(changes), coalescer);
        var evictions = new ArrayList<String>();
        coalescer.drain(eviction ->
                evictions.add(PlannerDifferentialTest.show(eviction)
                                .replace("context:u1:", "")
                                .replace("tag u1 ", "") + " " + eviction.reason()));
        return evictions;
    }

    @FunctionalInterface
    private interface Change {
        RowChange on(StalenessTest world);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void makesStale(String name, Change change, List<String> keys, List<String> tags) {
        RowChange made = change.on(this);
        assertThat(plan(KEYS, made)).as("keys").containsExactlyInAnyOrderElementsOf(keys);
        assertThat(plan(TAGS, made)).as("tags").containsExactlyInAnyOrderElementsOf(tags);
    }

    private static Arguments row(String name, Change change, String keys, String tags) {
        return Arguments.of(name, change, lines(keys), lines(tags));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Stream.of(text.split(", ")).toList();
    }

    private static final String TASKS_RESOLVED = ", task:111:resolved inherited, task:112:resolved inherited";

    static Stream<Arguments> table() {
        return Stream.of(
                row(
                        "create of a task",
                        w -> w.create("task"),
                        "task:111 own, task:111:resolved own, branch:11:tasks listing",
                        "task:111 own, branch:11/task listing"),
                row(
                        "delete of a task",
                        w -> w.delete("task"),
                        "task:111 own, task:111:resolved own, branch:11:tasks listing",
                        "task:111 own, branch:11/task listing"),
                row(
                        "delete of a branch",
                        w -> w.delete("branch"),
                        "branch:11 own, branch:11:resolved own, project:1:branches listing" + TASKS_RESOLVED,
                        "branch:11 own, branch:11/inherited inherited, branch:11/task own, project:1/branch listing"),
                row(
                        "delete of a project",
                        w -> w.delete("project"),
                        "project:1 own, project:1:resolved own, projects listing, branch:11:resolved inherited,"
                                + " branch:12:resolved inherited" + TASKS_RESOLVED,
                        "project:1 own, project:1/inherited inherited, project:1/branch own, global:u1/project listing"),
                row(
                        "create of a global context",
                        w -> w.create("global"),
                        "global own, global:resolved own, project:1:resolved inherited, project:2:resolved inherited,"
                                + " branch:11:resolved inherited, branch:12:resolved inherited" + TASKS_RESOLVED,
                        "global:u1 own, global:u1/inherited inherited, global:u1/project own"),
                row(
                        "update of an inherited column of the global context",
                        w -> w.update("global", "document=G+"),
                        "global own, global:resolved own, project:1:resolved inherited, project:2:resolved inherited,"
                                + " branch:11:resolved inherited, branch:12:resolved inherited" + TASKS_RESOLVED,
                        "global:u1 own, global:u1/inherited inherited"),
                row(
                        "update of an inherited column of a project",
                        w -> w.update("project", "document=P+"),
                        "project:1 own, project:1:resolved own, branch:11:resolved inherited,"
                                + " branch:12:resolved inherited" + TASKS_RESOLVED,
                        "project:1 own, project:1/inherited inherited"),
                row(
                        "update of an inherited column of a branch",
                        w -> w.update("branch", "document=B+"),
                        "branch:11 own, branch:11:resolved own" + TASKS_RESOLVED,
                        "branch:11 own, branch:11/inherited inherited"),
                row(
                        "update of an inherited column of a task, which has no children",
                        w -> w.update("task", "document=T+"),
                        "task:111 own, task:111:resolved own",
                        "task:111 own"),
                row(
                        "update of a listed column that is not inherited",
                        w -> w.update("branch", "name=b+"),
                        "branch:11 own, branch:11:resolved own, project:1:branches listing",
                        "branch:11 own, project:1/branch listing"),
                row(
                        "update of a task's status, which is listed",
                        w -> w.update("task", "status=done"),
                        "task:111 own, task:111:resolved own, branch:11:tasks listing",
                        "task:111 own, branch:11/task listing"),
                row(
                        "update of a column that is neither listed nor inherited",
                        w -> w.update("project", "description=d+"),
                        "project:1 own, project:1:resolved own",
                        "project:1 own"),
                row(
                        "move of a task to another branch",
                        w -> w.update("task", "branch_id=12"),
                        "task:111 own, task:111:resolved own, branch:11:tasks moved-from, branch:12:tasks moved-to",
                        "task:111 own, branch:11/task moved-from, branch:12/task moved-to"),
                row(
                        "move of a branch to another project",
                        w -> w.update("branch", "project_id=2"),
                        "branch:11 own, branch:11:resolved own, project:1:branches moved-from,"
                                + " project:2:branches moved-to" + TASKS_RESOLVED,
                        "branch:11 own, branch:11/inherited inherited, project:1/branch moved-from,"
                                + " project:2/branch moved-to"),
                row("update that changes nothing", w -> w.update("project", "name=p"), "", ""));
    }

    @Test
    void aNewIdIsARowThatWentAndOneThatCame() {
        var after = new LinkedHashMap<>(task);
        after.put("id", "119");
        replace("task", task, after);
        var asOne = List.of(change("task", Operation.UPDATE, task, after));
        var asTwo =
                List.of(change("task", Operation.DELETE, task, null), change("task", Operation.CREATE, null, after));
        for (List<RowChange> changes : List.of(asOne, asTwo)) {
            RowChange[] array = changes.toArray(RowChange[]::new);
            assertThat(plan(KEYS, array))
                    .containsExactlyInAnyOrder(
                            "task:111 own",
                            "task:111:resolved own",
                            "task:119 own",
                            "task:119:resolved own",
                            "branch:11:tasks listing");
            assertThat(plan(TAGS, array))
                    .containsExactlyInAnyOrder("task:111 own", "task:119 own", "branch:11/task listing");
        }
    }

    @Test
    void aCascadedDeleteReachesWhatWasBelowBeforeIt() {
        RowChange[] cascade = {delete("branch"), delete("task"), change("task", Operation.DELETE, otherTask, null)};
        world.rows(KEYS.entity("task")).clear();
        assertThat(plan(KEYS, cascade))
                .containsExactlyInAnyOrder(
                        "branch:11 own",
                        "branch:11:resolved own",
                        "project:1:branches listing",
                        "branch:11:tasks listing",
                        "task:111 own",
                        "task:111:resolved own",
                        "task:112 own",
                        "task:112:resolved own");
    }

    @Test
    void aTaskThatMovedAwayInTheSameTransactionIsStillBelowItsOldBranch() {
        RowChange move = update("task", "branch_id=12");
        RowChange inherit = update("branch", "document=B+");
        var planner = new Planner(KEYS).begin(world);
        var keys = new Coalescer();
        planner.plan(List.of(inherit), keys);
        planner.plan(List.of(move), keys);
        var shown = new ArrayList<String>();
        keys.drain(eviction -> shown.add(PlannerDifferentialTest.show(eviction)));
        assertThat(shown).contains("context:u1:task:111:resolved", "context:u1:task:112:resolved");
    }

    @Test
    void truncateTakesTheTableAndEverythingBelow() {
        RowChange truncate = change("branch", Operation.TRUNCATE, null, null);
        assertThat(plan(TAGS, truncate))
                .containsExactlyInAnyOrder(
                        "tags branch:* truncated", "tags task:* truncated", "tags project:*/branch truncated");
        assertThat(plan(KEYS, truncate))
                .containsExactlyInAnyOrder(
                        "keys context:*:branch:* truncated",
                        "keys context:*:branch:*:resolved truncated",
                        "keys context:*:project:*:branches truncated",
                        "keys context:*:task:* truncated",
                        "keys context:*:task:*:resolved truncated",
                        "keys context:*:branch:*:tasks truncated");
    }

    @Test
    void anotherOwnerIsNeverTouched() {
        put("global", row("user_id=u2 name=g document=G"));
        put("project", row("id=9 user_id=u2 name=p document=P"));
        var evictions = new ArrayList<String>();
        for (Mapping mapping : List.of(KEYS, TAGS)) {
            new Planner(mapping)
                    .begin(world)
                    .plan(
                            List.of(update("global", "document=G+")),
                            e -> evictions.add(PlannerDifferentialTest.show(e)));
            replace("global", world.rows(KEYS.entity("global")).get(0), global);
        }
        assertThat(evictions).isNotEmpty().noneMatch(eviction -> eviction.contains("u2"));
    }

    @Test
    void aRowThatChangesItsOwnerIsPurgedForBoth() {
        RowChange change = update("project", "user_id=u2");
        assertThat(plan(TAGS, change))
                .contains(
                        "project:1 own",
                        "tag u2 project:1 own",
                        "global:u1/project moved-from",
                        "tag u2 global:u2/project moved-to");
    }

    @Test
    void unchangedToastIsUnchanged() {
        var after = new LinkedHashMap<>(branch);
        after.put("document", Row.UNAVAILABLE);
        assertThat(plan(TAGS, change("branch", Operation.UPDATE, branch, after)))
                .isEmpty();
        after.put("name", "b+");
        assertThat(plan(TAGS, change("branch", Operation.UPDATE, branch, after)))
                .containsExactlyInAnyOrder("branch:11 own", "project:1/branch listing");
    }

    @Test
    void aRowThatHidesItsJoinColumnIsFoundByTheWalkOfAnother() {
        var hidden = new LinkedHashMap<>(branch);
        hidden.put("project_id", Row.UNAVAILABLE);
        hidden.put("document", Row.UNAVAILABLE);
        Map<String, String> identity = Map.of("id", "11", "user_id", "u1");
        RowChange touch = change("branch", Operation.UPDATE, identity, hidden);
        assertThat(plan(KEYS, touch, delete("project"))).contains("task:111:resolved inherited");
    }

    @Test
    void anIdThatWasLeftOutAsUnchangedIsTheOneBefore() {
        var long1 = new LinkedHashMap<>(task);
        long1.put("id", Row.UNAVAILABLE);
        long1.put("name", "t+");
        var long2 = new LinkedHashMap<>(otherTask);
        long2.put("id", Row.UNAVAILABLE);
        long2.put("branch_id", "12");
        assertThat(plan(
                        TAGS,
                        change("task", Operation.UPDATE, task, long1),
                        change("task", Operation.UPDATE, otherTask, long2)))
                .contains("task:111 own", "task:112 own", "branch:11/task moved-from", "branch:12/task moved-to");
        assertThat(plan(
                        TAGS,
                        change("task", Operation.CREATE, null, task),
                        change("task", Operation.UPDATE, task, long1)))
                .contains("task:111 own", "branch:11/task listing");
    }

    @Test
    void whatARowLeftOutIsNotAsInTheRowWhoseIdItTook() {
        Map<String, String> goes = Map.of("id", "111", "user_id", "u1");
        Map<String, String> comes = Map.of("id", "112", "user_id", "u1");
        var gone = new LinkedHashMap<>(task);
        gone.put("id", "119");
        var taken = new LinkedHashMap<>(otherTask);
        taken.put("id", "111");
        List.of("branch_id", "name", "status", "document", "description")
                .forEach(column -> taken.put(column, Row.UNAVAILABLE));
        assertThat(plan(
                        TAGS,
                        change("task", Operation.UPDATE, goes, gone),
                        change("task", Operation.UPDATE, comes, taken)))
                .contains("task:111 own", "tags branch:*/task moved-from");
    }

    @Test
    void withoutAnOldImageEveryColumnMayHaveChanged() {
        assertThat(plan(TAGS, change("project", Operation.UPDATE, null, project)))
                .contains("project:1 own", "project:1/inherited inherited", "tags global:*/project moved-from");
    }

    @Test
    void nothingIsEverNamedAfterANull() {
        var orphan = new LinkedHashMap<>(task);
        orphan.put("branch_id", null);
        replace("task", task, orphan);
        assertThat(plan(KEYS, change("task", Operation.UPDATE, task, orphan)))
                .containsExactlyInAnyOrder("task:111 own", "task:111:resolved own", "branch:11:tasks moved-from");
        assertThat(plan(TAGS, change("task", Operation.UPDATE, task, orphan)))
                .containsExactlyInAnyOrder("task:111 own", "branch:11/task moved-from");
    }

    @Test
    void aHundredThousandDescendantsAreWalkedWithOneLookUpAThousandAndALevel() {
        EntityMapping tasks = KEYS.entity("task");
        world.rows(tasks).clear();
        int[] lookUps = new int[1];
        Relations many = (table, columns, tuples, found) -> {
            lookUps[0]++;
            if (!table.equals(tasks.table())) {
                world.find(table, columns, tuples, found);
                return;
            }
            var header = Header.of(List.of("id", "user_id", "branch_id"));
            for (int i = 0; i < 100_000; i++) {
                found.row(0, Row.of(header, String.valueOf(i), "u1", "11"));
            }
        };
        int[] keys = new int[1];
        new Planner(KEYS).begin(many).plan(List.of(update("branch", "document=B+")), eviction -> keys[0]++);
        assertThat(keys[0]).isEqualTo(100_002);
        assertThat(lookUps[0]).isEqualTo(1);
    }
}
