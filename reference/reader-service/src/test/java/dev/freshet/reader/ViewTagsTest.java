// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every view against docs/keys-and-tags.md: its tags are enough for it to be fresh, and not one more. */
class ViewTagsTest extends OnSample {
    /** Everything that can be read of Sample, and some that does not exist. */
    private static final List<String> VIEWS = Stream.of(
                    Stream.of("/v1/global", "/v1/global/resolved", "/v1/projects", "/v1/projects?limit=1"),
                    Stream.of("1", "2", "3").flatMap(id -> three("/v1/projects/" + id, "/branches")),
                    Stream.of("11", "12", "21", "13").flatMap(id -> three("/v1/branches/" + id, "/tasks")),
                    Stream.of("111", "112", "121", "113")
                            .flatMap(id -> Stream.of("/v1/tasks/" + id, "/v1/tasks/" + id + "/resolved")))
            .flatMap(paths -> paths)
            .toList();

    /** Reads through another database of Redis, which is emptied first: the truth. */
    private static Running uncached;

    private static RedisView otherRedis;

    private static Stream<String> three(String path, String list) {
        return Stream.of(path, path + "/resolved", path + list);
    }

    @BeforeAll
    static void startUncached(RedisServer server) throws Exception {
        otherRedis = new RedisView(server.uri() + "/1");
        uncached = Running.start(MigratedDatabase.asReader(database), server.uri() + "/1");
    }

    @AfterAll
    static void stopUncached() {
        uncached.close();
        otherRedis.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/global, global:u1:own, global:u1",
        "/v1/global/resolved, global:u1:resolved, global:u1",
        "/v1/projects, global:u1:project.50.0, global:u1/project",
        "/v1/projects/1, project:1:own, project:1",
        "/v1/projects/1/resolved, project:1:resolved, project:1 global:u1/inherited",
        "/v1/projects/1/branches, project:1:branch.50.0, project:1/branch",
        "/v1/branches/11, branch:11:own, branch:11",
        "/v1/branches/11/resolved, branch:11:resolved, branch:11 project:1/inherited global:u1/inherited",
        "/v1/branches/11/tasks?limit=7&after=3, branch:11:task.7.3, branch:11/task",
        "/v1/tasks/111, task:111:own, task:111",
        "/v1/tasks/111/resolved, task:111:resolved, task:111 branch:11/inherited project:1/inherited global:u1/inherited",
        "/v1/tasks/404, task:404:own, task:404",
        "/v1/tasks/404/resolved, task:404:resolved, task:404",
        "/v1/projects/404/branches, project:404:branch.50.0, project:404/branch",
    })
    void registersAViewUnderWhatItWasComputedFrom(String path, String entry, String tags) {
        reader.get("u1", path);
        assertThat(redis.tagsOf("u1", entry)).isEqualTo(new TreeSet<>(List.of(tags.split(" "))));
        assertThat(redis.keys()).allMatch(key -> key.startsWith("ctx:{u1}:"));
    }

    /**
     * @param sql what an application does
     * @param tags what the invalidator purges for it
     * @param spared views that go although they do not change, as their tag cannot tell
     */
    record Change(String name, String sql, Set<String> tags, Set<String> spared) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Change> changes() {
        return List.of(
                new Change(
                        "update of the global document",
                        "update freshet.global_context set document = '{\"z\": 1}' where user_id = 'u1'",
                        Set.of("global:u1", "global:u1/inherited"),
                        Set.of()),
                new Change(
                        "update of the global name",
                        "update freshet.global_context set name = 'x' where user_id = 'u1'",
                        Set.of("global:u1"),
                        Set.of()),
                new Change(
                        "update of a project's document",
                        "update freshet.project_context set document = '{\"z\": 1}' where id = 1",
                        Set.of("project:1", "project:1/inherited"),
                        Set.of()),
                new Change(
                        "update of a project's name",
                        "update freshet.project_context set name = 'x' where id = 1",
                        Set.of("project:1", "global:u1/project"),
                        Set.of()),
                new Change(
                        "update of a project's description",
                        "update freshet.project_context set description = 'x' where id = 1",
                        Set.of("project:1"),
                        Set.of("/v1/projects/1/resolved")),
                new Change(
                        "update of a task's status",
                        "update freshet.task_context set status = 'x' where id = 111",
                        Set.of("task:111", "task:111/inherited", "branch:11/task"),
                        Set.of("/v1/tasks/111/resolved")),
                new Change(
                        "update of a task's document",
                        "update freshet.task_context set document = '{\"z\": 1}' where id = 111",
                        Set.of("task:111", "task:111/inherited"),
                        Set.of()),
                new Change(
                        "insert of a project",
                        "insert into freshet.project_context (id, user_id) values (3, 'u1')",
                        Set.of("project:3", "project:3/inherited", "project:3/branch", "global:u1/project"),
                        Set.of()),
                new Change(
                        "insert of a branch",
                        "insert into freshet.branch_context (id, user_id, project_id) values (13, 'u1', 1)",
                        Set.of("branch:13", "branch:13/inherited", "branch:13/task", "project:1/branch"),
                        Set.of()),
                new Change(
                        "insert of a task",
                        "insert into freshet.task_context (id, user_id, branch_id) values (113, 'u1', 11)",
                        Set.of("task:113", "task:113/inherited", "branch:11/task"),
                        Set.of()),
                new Change(
                        "move of a branch",
                        "update freshet.branch_context set project_id = 2 where id = 11",
                        Set.of("branch:11", "branch:11/inherited", "project:1/branch", "project:2/branch"),
                        Set.of()),
                new Change(
                        "move of a task",
                        "update freshet.task_context set branch_id = 21 where id = 111",
                        Set.of("task:111", "task:111/inherited", "branch:11/task", "branch:21/task"),
                        Set.of()),
                new Change(
                        "delete of a branch with its tasks",
                        "delete from freshet.branch_context where id = 11",
                        Set.of(
                                "branch:11",
                                "branch:11/inherited",
                                "branch:11/task",
                                "project:1/branch",
                                "task:111",
                                "task:111/inherited",
                                "task:112",
                                "task:112/inherited"),
                        Set.of()),
                new Change(
                        "update that changes nothing",
                        "update freshet.task_context set name = name",
                        Set.of(),
                        Set.of()),
                new Change(
                        "update of another user's rows",
                        "update freshet.task_context set name = 'x', document = '{\"q\": 2}' where user_id = 'u2'",
                        Set.of(),
                        Set.of()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isFreshAfterItsTagsArePurgedAndStaysOtherwise(Change change) {
        var before = readAll(reader);

        database.execute(change.sql());
        redis.purge("u1", change.tags().toArray(String[]::new));

        otherRedis.flush();
        var truth = readAll(uncached);
        var evicted = new TreeSet<String>();
        for (var view : VIEWS) {
            var answer = reader.get("u1", view);
            assertThat(answer.body()).as(view).isEqualTo(truth.get(view));
            if (!answer.cache().equals("hit")) {
                evicted.add(view);
            }
        }
        var expected = new TreeSet<>(change.spared());
        VIEWS.stream()
                .filter(view -> !truth.get(view).equals(before.get(view)))
                // The first of several pages goes with the list.
                .forEach(expected::add);
        assertThat(withoutPages(evicted)).isEqualTo(withoutPages(expected));
    }

    private static Map<String, String> readAll(Running from) {
        var answers = new TreeMap<String, String>();
        VIEWS.forEach(view -> answers.put(view, from.get("u1", view).body()));
        return answers;
    }

    private static Set<String> withoutPages(Set<String> views) {
        var rest = new TreeSet<>(views);
        rest.removeIf(view -> view.contains("?"));
        return rest;
    }
}
