// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import java.util.Set;

/** For tests in which it does not matter what is promised. */
public final class Contracts {
    public static final Contract SOME =
            new Contract("here:1", "c0ffee", new Coverage(Set.of("task", "task/inherited", "shop"), Set.of("task")));

    private static final Set<String> KINDS = Set.of(
            "task",
            "tasks",
            "row",
            "new",
            "country",
            "project",
            "branch/task",
            "branch/inherited",
            "project/inherited",
            "global/inherited");

    /** All tags that tests with readers use are evicted. */
    public static final Contract ALL = new Contract("here:1", "c0ffee", new Coverage(KINDS, KINDS));

    private Contracts() {}
}
