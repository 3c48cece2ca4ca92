// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.model.key.Contract;
import dev.freshet.model.key.Coverage;
import java.util.Set;

/** For tests in which it does not matter what is promised. */
public final class Contracts {
    public static final Contract SOME =
            new Contract("here:1", "c0ffee", new Coverage(Set.of("task", "task/inherited", "shop"), Set.of("task")));

    private Contracts() {}
}
