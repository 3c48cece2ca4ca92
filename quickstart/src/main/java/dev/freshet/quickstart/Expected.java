// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import dev.freshet.protocol.Isolate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys of the demo user that a change must evict, determined without asking Freshet. */
final class Expected {
    private static final Isolate DEMO = Isolate.of(Demo.USER);

    private Expected() {}

    static String key(String level, long id, String view) {
        return KeyWatch.KEYS.entry(DEMO, level, List.of(Long.toString(id)), view);
    }

    static Set<String> own(String level, long id) {
        return Set.of(key(level, id, "own"), key(level, id, "resolved"));
    }

    /** The resolved views of the first project's branches and tasks, before anything was moved. */
    static Set<String> resolvedBelowProject(World world) {
        var keys = new TreeSet<String>();
        keys.add(key("branch", world.main, "resolved"));
        keys.add(key("branch", world.release, "resolved"));
        world.tasks.subList(0, 5).forEach(task -> keys.add(key("task", task, "resolved")));
        return keys;
    }

    /**
     * The keys that a new document of the first project makes stale: all of its own views and those that inherit it.
     */
    static Set<String> ofProjectDocument(World world) {
        var keys = new TreeSet<>(resolvedBelowProject(world));
        keys.addAll(own("project", world.apollo));
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
    static Set<String> ofMove(World world) {
        var keys = new TreeSet<>(own("branch", world.release));
        keys.add(list("project", world.apollo, "branch"));
        keys.add(list("project", world.gemini, "branch"));
        keys.add(key("task", world.tasks.get(3), "resolved"));
        keys.add(key("task", world.tasks.get(4), "resolved"));
        return keys;
    }
}
