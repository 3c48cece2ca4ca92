// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.core.stream.Operation;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which rules of a mapping evicted something, by changes of which table and by which operation. */
final class Coverage {
    private static final List<Operation> OPERATIONS = List.of(Operation.CREATE, Operation.UPDATE, Operation.DELETE);

    private final List<Line> lines = new ArrayList<>();
    private final Set<Cell> covered = new HashSet<>();

    /** One operation on one table, for one rule. */
    record Cell(Rule rule, String entity, Operation operation) {}

    /** The operations on one table, for one rule. */
    record Line(Rule rule, String entity) {
        List<Cell> cells() {
            return OPERATIONS.stream()
                    .map(operation -> new Cell(rule, entity, operation))
                    .toList();
        }
    }

    Coverage(Mapping mapping, List<Rule> rules) {
        for (Rule rule : rules) {
            for (EntityMapping entity : mapping.entities().values()) {
                if (rule.concerns(entity)) {
                    lines.add(new Line(rule, entity.name()));
                }
            }
        }
    }

    void add(Set<Cell> cells) {
        covered.addAll(cells);
    }

    List<Line> lines() {
        return lines;
    }

    boolean has(Cell cell) {
        return covered.contains(cell);
    }

    long count() {
        return lines.stream()
                .flatMap(line -> line.cells().stream())
                .filter(covered::contains)
                .count();
    }

    int size() {
        return lines.size() * OPERATIONS.size();
    }
}
