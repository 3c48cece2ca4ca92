// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.audit.entry.CachedEntry;
import dev.freshet.audit.history.History;
import dev.freshet.audit.history.PastTransaction;
import dev.freshet.audit.history.PastTransaction.Change;
import dev.freshet.audit.history.PastTransaction.Purged;
import dev.freshet.audit.rows.ListKey;
import dev.freshet.audit.rows.ListedRows;
import dev.freshet.audit.rows.RowKey;
import dev.freshet.audit.rows.RowStates;
import dev.freshet.audit.rows.RowVersion;
import dev.freshet.audit.verdict.Verdict.Outcome;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of an entry, by what rows and history say. The entry's snapshot sees everything before 100, but not 95. */
class VerdictTest {
    private static final Mapping MAPPING = contexts();
    private static final Isolate OWNER = Isolate.of("u1");
    private static final long AT = 1_000;
    private static final Lsn PUBLISHED = new Lsn(2_000);
    private static final String SNAPSHOT = "95:100:95";
    private static final TableName TASKS = new TableName("freshet", "task_context");
    private static final TableName PROJECTS = new TableName("freshet", "project_context");

    private static Mapping contexts() {
        try {
            return MappingParser.parse(Path.of("..", "deploy", "mappings", "contexts.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A transaction of the history. */
    private record Past(long txId, boolean cut, Change change, String... tags) {}

    /** One world. */
    private static final class World {
        private String key = "task:42:own";
        private String tag = "task:42";
        private String value = "{}";
        private final Map<RowKey, RowVersion> rows = new HashMap<>();
        private final Map<ListKey, ListedRows> children = new HashMap<>();
        private final History history = new History(100);
        private Set<String> alwaysStale = Set.of();

        private World row(String entity, String id, long xid) {
            return row(entity, id, new RowVersion(xid, true, false));
        }

        private World row(String entity, String id, RowVersion version) {
            rows.put(new RowKey(entity, List.of(id), OWNER), version);
            return this;
        }

        private World child(String id, long xid) {
            children.put(
                    new ListKey(new RowKey("project", List.of("3"), OWNER), "branch"),
                    new ListedRows(
                            List.of(new ListedRows.Child(List.of(id), new RowVersion(xid, true, false))), false));
            return this;
        }

        /** Begins before the load and reaches as far as the position. */
        private World history(Past... pasts) {
            long lsn = AT;
            add(1, 50, lsn, false, List.of(), List.of());
            for (int i = 0; i < pasts.length; i++) {
                var past = pasts[i];
                add(
                        i + 2,
                        past.txId,
                        lsn + 10 + i,
                        past.cut,
                        past.change == null ? List.of() : List.of(past.change),
                        Stream.of(past.tags)
                                .map(tag -> new Purged(tag.contains("*") ? null : "u1", tag, tag.contains("*")))
                                .toList());
            }
            history.reached(PUBLISHED);
            return this;
        }

        private void add(long number, long txId, long lsn, boolean cut, List<Change> changes, List<Purged> evictions) {
            history.add(new PastTransaction(
                    number, txId, new Lsn(lsn), Instant.EPOCH, Instant.EPOCH, changes, !cut, evictions, !cut));
        }

        private String verdict() {
            var name = EntryName.parse(new CacheKeys("ctx"), "ctx:{u1}:" + key).orElseThrow();
            var entry = CachedEntry.parse(
                            "ctx:{u1}:" + key,
                            name,
                            "{\"tags\":[\"" + tag + "\"],\"at\":\"0/" + Long.toHexString(AT) + "\",\"snapshot\":\""
                                    + SNAPSHOT + "\",\"value\":" + value + "}")
                    .orElseThrow();
            var facts = new RowStates(200, new Lsn(1_500), new Lsn(1_500), rows, children, Set.of());
            var found = new FirstCheck(MAPPING).look(entry, facts, history);
            var judge = new VerdictRules(MAPPING, alwaysStale);
            assertThat(found.suspicions())
                    .allMatch(suspicion -> judge.holds(suspicion, entry, entry, facts.before(), history));
            return found.suspicions().stream()
                    .map(suspicion -> judge.judge(suspicion, entry, history, PUBLISHED))
                    .max(Comparator.comparing(Verdict::outcome))
                    .map(VerdictTest::spell)
                    .orElseGet(() -> found.doubts().stream()
                            .map(UndecidedReason::name)
                            .findFirst()
                            .orElse("nothing"));
        }
    }

    private static String spell(Verdict verdict) {
        return verdict.outcome() == Outcome.UNDECIDED
                ? verdict.doubt().name()
                : verdict.outcome().name();
    }

    private static Arguments world(String name, String expected, Consumer<World> made) {
        return Arguments.of(name, expected, made);
    }

    private static Change task(String operation, String... columns) {
        return new Change(TASKS, operation, Map.of("id", "42"), Set.of(columns));
    }

    private static Change project(String operation, String... columns) {
        return new Change(PROJECTS, operation, Map.of("id", "3"), Set.of(columns));
    }

    private static Change branch(String operation, String... columns) {
        return new Change(new TableName("freshet", "branch_context"), operation, Map.of("id", "7"), Set.of(columns));
    }

    private static void resolved(World world) {
        world.key = "task:42:resolved";
        world.tag = "project:3/inherited";
    }

    private static void list(World world) {
        world.key = "project:3:branch.50.0";
        world.tag = "project:3/branch";
        world.row("project", "3", 90);
    }

    static Stream<Arguments> worlds() {
        return Stream.of(
                world("a row that the entry saw", "nothing", w -> w.row("task", "42", 94)),
                world("a row of the oldest", "nothing", w -> w.row("task", "42", 0)),
                world(
                        "changed, and evicted",
                        "VIOLATION",
                        w -> w.row("task", "42", 101).history(new Past(101, false, task("update", "name"), "task:42"))),
                world(
                        "changed by one that was running",
                        "VIOLATION",
                        w -> w.row("task", "42", 95).history(new Past(95, false, task("update", "name"), "task:42"))),
                world(
                        "changed, and evicted by a glob",
                        "VIOLATION",
                        w -> w.row("task", "42", 102).history(new Past(101, false, null, "task:*"))),
                world(
                        "written, and nothing changed",
                        "FINE",
                        w -> w.row("task", "42", 101).history(new Past(101, false, task("update")))),
                world(
                        "changed, and not evicted",
                        "VIOLATION",
                        w -> w.row("task", "42", 101).history(new Past(101, false, task("update", "name")))),
                world(
                        "changed by a transaction that is too large to show",
                        "HISTORY_CUT",
                        w -> w.row("task", "42", 101).history(new Past(101, true, null))),
                world(
                        "changed, and never delivered",
                        "VIOLATION",
                        w -> w.row("task", "42", 101).history()),
                world("changed, and there is no history", "NO_HISTORY", w -> w.row("task", "42", 101)),
                world("changed without history, where every update counts", "VIOLATION", w -> {
                    w.row("task", "42", 101);
                    w.alwaysStale = Set.of("task");
                }),
                world(
                        "written with its table",
                        "TABLE_ALTERED",
                        w -> w.row("task", "42", new RowVersion(101, true, true))
                                .history()),
                world(
                        "perhaps of an earlier round",
                        "OLD_ROW",
                        w -> w.row("task", "42", new RowVersion(101, false, false))
                                .history()),
                world("perhaps a savepoint of 95", "SAVEPOINT", w -> w.row("task", "42", 97)),
                world(
                        "no savepoint, but a transaction",
                        "FINE",
                        w -> w.row("task", "42", 97).history(new Past(97, false, task("update", "name"), "task:42"))),
                world(
                        "a savepoint of 95, told by the history",
                        "VIOLATION",
                        w -> w.row("task", "42", 97).history(new Past(95, false, task("update", "name"), "task:42"))),
                world("the row is gone", "VIOLATION", w -> w.value = "{}"),
                world("the row is gone, and so it says", "nothing", w -> w.value = "null"),
                world(
                        "the row is gone, and was evicted",
                        "VIOLATION",
                        w -> w.history(new Past(101, false, task("delete"), "task:42"))),
                world("not there, says the entry, and now it is", "NO_HISTORY", w -> {
                    w.row("task", "42", 101);
                    w.value = "null";
                }),
                world("not there, says the entry, and was made since", "VIOLATION", w -> {
                    w.row("task", "42", 101).history(new Past(101, false, task("create"), "task:42"));
                    w.value = "null";
                }),
                world("not there, says the entry, though it saw the row", "nothing", w -> {
                    w.row("task", "42", 94);
                    w.value = "null";
                }),
                world("an ancestor was written, nobody knows what", "NO_HISTORY", w -> {
                    resolved(w);
                    w.row("project", "3", 101);
                    w.alwaysStale = Set.of("project");
                }),
                world("an ancestor's name changed, which is not inherited", "FINE", w -> {
                    resolved(w);
                    w.row("project", "3", 101).history(new Past(101, false, project("update", "name"), "project:3"));
                }),
                world("an ancestor's document changed", "VIOLATION", w -> {
                    resolved(w);
                    w.row("project", "3", 101)
                            .history(new Past(
                                    101, false, project("update", "document"), "project:3", "project:3/inherited"));
                }),
                world("an ancestor's document changed, and was not evicted", "VIOLATION", w -> {
                    resolved(w);
                    w.row("project", "3", 101)
                            .history(new Past(101, false, project("update", "document"), "project:3"));
                }),
                world("an ancestor was written, and never delivered", "NOT_DELIVERED", w -> {
                    resolved(w);
                    w.row("project", "3", 101).history();
                }),
                world("an ancestor is gone, and nobody knows since when", "ROW_MISSING", VerdictTest::resolved),
                world("a list whose rows it saw", "nothing", VerdictTest::list),
                world("a list whose parent was written", "nothing", w -> {
                    list(w);
                    w.row("project", "3", 101);
                }),
                world("a list with a younger row", "NO_HISTORY", w -> {
                    list(w);
                    w.child("7", 101);
                }),
                world("a list with a row whose document changed", "FINE", w -> {
                    list(w);
                    w.child("7", 101).history(new Past(101, false, branch("update", "document"), "branch:7"));
                }),
                world("a list with a row whose name changed, not evicted", "VIOLATION", w -> {
                    list(w);
                    w.child("7", 101).history(new Past(101, false, branch("update", "name"), "branch:7"));
                }),
                world("a list whose row was deleted", "VIOLATION", w -> {
                    list(w);
                    w.history(new Past(101, false, branch("delete"), "branch:7", "project:3/branch"));
                }),
                world("a list whose row was moved here", "VIOLATION", w -> {
                    list(w);
                    w.child("7", 101).history(new Past(101, false, branch("update", "project_id"), "project:3/branch"));
                }),
                world("a tag that nothing purges", "UNKNOWN_TAG", w -> w.tag = "task:42/inherited"),
                world("a tag of no entity", "UNKNOWN_TAG", w -> w.tag = "thing:42"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("worlds")
    void entriesAreJudgedByRowsAndHistory(String name, String expected, Consumer<World> made) {
        var world = new World();
        made.accept(world);
        assertThat(world.verdict()).isEqualTo(expected);
    }

    @Test
    void whatWasStoredAfterTheRowWasMissedIsNotBlamedForIt() {
        var judge = new VerdictRules(MAPPING, Set.of());
        var gone = new Suspicion("task:42", Suspicion.Cause.GONE, MAPPING.entity("task"), List.of("42"), null, true);
        var first = entry("0/100", "90:100:");
        var history = new History(10);
        assertThat(judge.holds(gone, first, entry("0/200", "95:110:"), new Lsn(0x300), history))
                .isTrue();
        assertThat(judge.holds(gone, first, entry("0/300", "95:110:"), new Lsn(0x300), history))
                .isFalse();
    }

    @Test
    void whatSeesTheChangeIsNotBlamedForIt() {
        var judge = new VerdictRules(MAPPING, Set.of());
        var changed = new Suspicion(
                "task:42",
                Suspicion.Cause.CHANGED,
                MAPPING.entity("task"),
                List.of("42"),
                new RowVersion(105, true, false),
                true);
        var first = entry("0/100", "90:100:");
        assertThat(judge.holds(changed, first, entry("0/100", "90:105:"), Lsn.ZERO, new History(10)))
                .isTrue();
        assertThat(judge.holds(changed, first, entry("0/100", "90:106:"), Lsn.ZERO, new History(10)))
                .isFalse();
    }

    private static CachedEntry entry(String at, String snapshot) {
        return CachedEntry.parse(
                        "ctx:{u1}:task:42:own",
                        EntryName.parse(new CacheKeys("ctx"), "ctx:{u1}:task:42:own")
                                .orElseThrow(),
                        "{\"tags\":[\"task:42\"],\"at\":\"" + at + "\",\"snapshot\":\"" + snapshot + "\",\"value\":1}")
                .orElseThrow();
    }
}
