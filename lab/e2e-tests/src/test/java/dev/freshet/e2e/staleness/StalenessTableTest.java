// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.e2e.context.Entry;
import dev.freshet.e2e.context.Level;
import dev.freshet.e2e.context.Tree;
import dev.freshet.e2e.context.ViewOracle;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After each change, exactly the entries that it made stale are gone. */
@ExtendWith(InstallationExtension.class)
class StalenessTableTest {
    private static final AtomicInteger USERS = new AtomicInteger();

    /** Few enough that no entry of the bystander expires meanwhile. */
    private static final int CHANGES_SEEN = 10;

    private static Tree bystander;
    private static int changesSeen;

    private final Installation freshet;

    StalenessTableTest(Installation freshet) {
        this.freshet = freshet;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.freshet.e2e.staleness.Changes#ofFullTree")
    void evictsExactlyWhatTheTableSays(Change change) throws SQLException {
        var name = "staleness-" + USERS.incrementAndGet();
        try (var app = freshet.application()) {
            check(change, Tree.full(freshet.user(name), app), other(change, name, app));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.freshet.e2e.staleness.Changes#ofEmptyTree")
    void evictsWhatSaidThatThereWasNothing(Change change) throws SQLException {
        var name = "newcomer-" + USERS.incrementAndGet();
        try (var app = freshet.application()) {
            check(change, Tree.empty(freshet.user(name)), other(change, name, app));
        }
    }

    /** A second user: a new one if the change affects both users, else a bystander that is kept for several changes. */
    private Tree other(Change change, String name, Database app) throws SQLException {
        if (change.reachesOther()) {
            // It may reach everybody.
            bystander = null;
            return Tree.full(freshet.user(Changes.other(name)), app);
        }
        if (bystander == null || ++changesSeen > CHANGES_SEEN) {
            bystander = Tree.full(freshet.user(name + "-bystander"), app);
            changesSeen = 1;
        }
        return bystander;
    }

    private void check(Change change, Tree tree, Tree other) throws SQLException {
        if (change.throughApi()) {
            foreseeIds(tree);
        }
        freshet.drain();
        warm(tree);
        if (other != bystander || changesSeen == 1) {
            warm(other);
        }
        var keys = keys(tree);
        var keysOfOther = keys(other);

        try (var app = freshet.application()) {
            change.action().run(tree, app);
        }
        freshet.drain();

        assertThat(gone(keys))
                .as("stale views of the user%n%s", freshet.logs())
                .isEqualTo(change.staleViews(tree, false));
        assertThat(gone(keysOfOther))
                .as("stale views of the other user%n%s", freshet.logs())
                .isEqualTo(change.staleViews(other, true));
        assertFresh(tree, change.staleViews(tree, false));
        if (other != bystander) {
            assertFresh(other, change.staleViews(other, true));
        }
    }

    /** Foresees the ids that the writer will take from the sequences, so that "there is none" can be cached before. */
    private void foreseeIds(Tree tree) throws SQLException {
        try (var database = freshet.superuser()) {
            for (var level : List.of(Level.PROJECT, Level.BRANCH, Level.TASK)) {
                var next = database.value(
                        "select case when is_called then last_value + 1 else last_value end from %s_id_seq"
                                .formatted(level.table()));
                tree.foresee("N" + level.name().charAt(0), Long.parseLong(next));
            }
        }
    }

    private static void warm(Tree tree) {
        for (var view : views(tree)) {
            tree.user().read(view.path());
        }
    }

    /**
     * All views of a tree. Of the bystander's tree, only those of existing contexts, as "there is none" expires too
     * soon.
     */
    private static List<Tree.View> views(Tree tree) {
        return tree == bystander
                ? tree.views().stream()
                        .filter(view -> !view.node().name().startsWith("N"))
                        .toList()
                : tree.views();
    }

    /** Maps the key of each entry to the name of its view. */
    private Map<String, String> keys(Tree tree) {
        var entries = Entry.in(freshet.cache(), "ctx:{" + tree.user().name() + "}:*");
        var keys = new LinkedHashMap<String, String>();
        for (var view : views(tree)) {
            var found = entries.stream()
                    .filter(entry -> entry.level() == view.node().level()
                            && entry.id().equals(view.node().id().toString())
                            && (entry.isList() ? "list" : entry.view()).equals(view.kind()))
                    .toList();
            assertThat(found).as("entries of %s among %s", view, entries).hasSize(1);
            keys.put(view.toString(), found.get(0).key());
        }
        return keys;
    }

    private Set<String> gone(Map<String, String> keys) {
        var standing = freshet.cache().existing(keys.values());
        var gone = new TreeSet<String>();
        keys.forEach((view, key) -> {
            if (!standing.contains(key)) {
                gone.add(view);
            }
        });
        return gone;
    }

    private void assertFresh(Tree tree, Set<String> stale) throws SQLException {
        ViewOracle oracle;
        try (var database = freshet.superuser()) {
            oracle = ViewOracle.read(database, tree.user().name() + "%");
        }
        for (var view : tree.views()) {
            var answer = tree.user().read(view.path());
            assertThat(view.wrong(oracle, tree.user().name(), answer))
                    .as("%s: %s", view, answer)
                    .isEmpty();
            assertThat(answer.cache())
                    .as("%s: %s", view, answer)
                    .isEqualTo(stale.contains(view.toString()) ? "miss" : "hit");
        }
    }
}
