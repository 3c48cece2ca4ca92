// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Visits every state that can be reached, breadth first: the first violation found is one with the fewest steps. */
final class Explorer<S> {
    private final Model<S> model;
    private final int mostStates;
    private final Map<String, String> cameFrom = new HashMap<>();
    private final Set<String> outcomes = new HashSet<>();
    private List<S> next = new ArrayList<>();
    private String culprit;
    private long steps;

    private Explorer(Model<S> model, int mostStates) {
        this.model = model;
        this.mostStates = mostStates;
    }

    /**
     * Explores until there is a violation or no state is left.
     *
     * @throws IllegalStateException if there are more states than that
     */
    static <S> Exploration explore(Model<S> model, int mostStates) {
        return new Explorer<>(model, mostStates).run();
    }

    private Exploration run() {
        visit(model.initial(), null);
        int depth = -1;
        while (!next.isEmpty() && culprit == null) {
            depth++;
            var level = next;
            next = new ArrayList<>();
            for (int i = 0; i < level.size() && culprit == null; i++) {
                expand(level.get(i));
            }
        }
        return new Exploration(cameFrom.size(), steps, depth, outcomes, culprit == null ? List.of() : schedule());
    }

    private void expand(S state) {
        String key = model.key(state);
        model.steps(state, step -> {
            steps++;
            outcomes.add(step.saw());
            if (step.violation() == null) {
                visit(step.next(), key);
            } else if (culprit == null) {
                culprit = key;
            }
        });
    }

    private void visit(S state, String parent) {
        if (cameFrom.putIfAbsent(model.key(state), parent == null ? "" : parent) == null) {
            next.add(state);
            if (cameFrom.size() > mostStates) {
                throw new IllegalStateException("more than " + mostStates + " states: give the scenario less to do");
            }
        }
    }

    /** Only keys were kept: walks along them once more. */
    private List<Step<?>> schedule() {
        var keys = new ArrayDeque<String>();
        for (String key = culprit; !key.isEmpty(); key = cameFrom.get(key)) {
            keys.push(key);
        }
        keys.pop();
        var way = new ArrayList<Step<?>>();
        S state = model.initial();
        for (String key : keys) {
            var step = stepTo(state, key);
            way.add(step);
            state = step.next();
        }
        way.add(violatingStep(state));
        return way;
    }

    private Step<S> stepTo(S state, String key) {
        return stepsOf(state).stream()
                .filter(step ->
                        step.violation() == null && model.key(step.next()).equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Step<S> violatingStep(S state) {
        return stepsOf(state).stream()
                .filter(step -> step.violation() != null)
                .findFirst()
                .orElseThrow();
    }

    private List<Step<S>> stepsOf(S state) {
        var found = new ArrayList<Step<S>>();
        model.steps(state, found::add);
        return found;
    }
}
