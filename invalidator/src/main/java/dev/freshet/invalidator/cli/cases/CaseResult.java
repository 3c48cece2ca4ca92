// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.core.plan.Eviction;
import java.util.List;
import java.util.Set;

/**
 * What came of a case.
 *
 * @param missing what was expected but not evicted
 * @param surplus what was evicted but not expected
 * @param covered which rules evicted something, by which operation
 */
record CaseResult(TestCase ofCase, List<Target> missing, List<Surplus> surplus, Set<Coverage.Cell> covered) {
    /** @param rules that evict it */
    record Surplus(Eviction eviction, List<Rule> rules) {}

    boolean passed() {
        return missing.isEmpty() && surplus.isEmpty();
    }
}
