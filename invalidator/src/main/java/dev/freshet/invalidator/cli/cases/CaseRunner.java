// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.invalidator.cli.cases.CaseResult.Surplus;
import dev.freshet.invalidator.cli.cases.Coverage.Cell;
import dev.freshet.model.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs cases through the planner, with rows in memory. */
final class CaseRunner {
    private final Mapping mapping;
    private final Planner planner;
    private final List<Rule> rules;

    CaseRunner(Mapping mapping) {
        this.mapping = mapping;
        this.planner = new Planner(mapping);
        this.rules = Rule.of(mapping);
    }

    List<Rule> rules() {
        return rules;
    }

    CaseResult run(TestCase of) {
        Map<Target, List<Rule>> makers = new HashMap<>();
        Set<Cell> covered = new HashSet<>();
        for (Rule rule : rules) {
            for (Eviction eviction : rule.evictions(of)) {
                List<Rule> known = makers.computeIfAbsent(Target.of(eviction), target -> new ArrayList<>());
                if (!known.contains(rule)) {
                    known.add(rule);
                }
                String entity =
                        mapping.entityOf(eviction.cause().table()).orElseThrow().name();
                covered.add(new Cell(rule, entity, eviction.cause().operation()));
            }
        }
        Map<Target, Eviction> evicted = new LinkedHashMap<>();
        Rule.all(planner, of).forEach(eviction -> evicted.put(Target.of(eviction), eviction));
        Expectation expected = of.expected();
        List<Target> missing = expected.targets().entrySet().stream()
                .filter(target -> !evicted.containsKey(target.getKey()))
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        List<Surplus> surplus = evicted.entrySet().stream()
                .filter(entry ->
                        expected.compares(entry.getKey()) && !expected.targets().containsKey(entry.getKey()))
                .map(entry -> new Surplus(entry.getValue(), makers.getOrDefault(entry.getKey(), List.of())))
                .toList();
        return new CaseResult(of, missing, surplus, covered);
    }
}
