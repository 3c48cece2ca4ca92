// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import dev.freshet.protocol.Isolate;
import dev.freshet.quickstart.demo.Demo;
import dev.freshet.quickstart.demo.KeyWatch;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys of the demo user that a change must evict, determined without asking Freshet. */
final class ExpectedKeys {
    private static final Isolate DEMO = Isolate.of(Demo.USER);

    private ExpectedKeys() {}

    static String key(String level, long id, String view) {
        return KeyWatch.KEYS.entry(DEMO, level, List.of(Long.toString(id)), view);
    }

    static Set<String> own(String level, long id) {
        return Set.of(key(level, id, "own"), key(level, id, "resolved"));
    }

    /** The resolved views of the first project's branches and tasks, before anything was moved. */
    static Set<String> resolvedBelowProject(Hierarchy hierarchy) {
        var keys = new TreeSet<String>();
        keys.add(key("branch", hierarchy.main, "resolved"));
        keys.add(key("branch", hierarchy.release, "resolved"));
        hierarchy.tasks.subList(0, 5).forEach(task -> keys.add(key("task", task, "resolved")));
        return keys;
    }

    /**
     * The keys that a new document of the first project makes stale: all of its own views and those that inherit it.
     */
    static Set<String> ofProjectDocument(Hierarchy hierarchy) {
        var keys = new TreeSet<>(resolvedBelowProject(hierarchy));
        keys.addAll(own("project", hierarchy.apollo));
        return keys;
    }

    /** The first page of a context's children, as the reader caches it for a request without parameters. */
    private static String list(String level, long id, String child) {
        return key(level, id, child + ".50.0");
    }

    /**
     * The keys that go stale when the branch {@code release} and its two tasks move to the other project: two lists
     * change.
     */
    static Set<String> ofMove(Hierarchy hierarchy) {
        var keys = new TreeSet<>(own("branch", hierarchy.release));
        keys.add(list("project", hierarchy.apollo, "branch"));
        keys.add(list("project", hierarchy.gemini, "branch"));
        keys.add(key("task", hierarchy.tasks.get(3), "resolved"));
        keys.add(key("task", hierarchy.tasks.get(4), "resolved"));
        return keys;
    }
}
