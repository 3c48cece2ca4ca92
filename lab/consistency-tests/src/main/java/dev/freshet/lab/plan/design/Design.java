// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.design;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tables, with their mapping. */
public record Design(List<Table> tables) {
    public Design {
        tables = List.copyOf(tables);
    }

    /** A column and the kind of its values. The columns on both sides of a reference have the same kind. */
    public record Column(String name, boolean text, boolean nullable) {}

    public record Reference(String name, String target, List<String> columns, List<String> to) {}

    /**
     * A template.
     *
     * @param role {@code keys}, {@code resolved} or {@code listing}
     * @param pieces literal text, and paths in braces
     * @param on null if it is left out
     * @param when null if it is left out
     * @param from by path
     */
    public record Template(String role, List<String> pieces, List<String> on, String when, Map<String, From> from) {}

    /**
     * Further rows that a value is computed from.
     *
     * @param when null if it is left out
     */
    public record From(List<String> columns, String when) {}

    /** The columns of an old row that the WAL carries; empty means all. */
    public record Identity(List<String> columns) {
        public static final Identity FULL = new Identity(List.of());

        public boolean isFull() {
            return columns.isEmpty();
        }
    }

    /** The entries of a mapping other than templates and references; null if left out. */
    public record Rules(
            String parent,
            String isolate,
            List<String> inherited,
            List<String> listed,
            List<String> ignored,
            Boolean tags) {
        static final Rules NONE = new Rules(null, null, null, null, null, null);
    }

    public record Table(
            String name,
            List<Column> columns,
            List<String> id,
            List<Reference> references,
            Rules rules,
            List<Template> templates,
            Identity identity) {
        public Column column(String column) {
            return columns.stream()
                    .filter(c -> c.name().equals(column))
                    .findFirst()
                    .orElseThrow();
        }

        Optional<Reference> reference(String reference) {
            return references.stream().filter(r -> r.name().equals(reference)).findFirst();
        }

        public Table with(Rules other) {
            return new Table(name, columns, id, references, other, templates, identity);
        }

        public Table withTemplates(List<Template> other) {
            return new Table(name, columns, id, references, rules, other, identity);
        }

        public Table withReferences(List<Reference> other) {
            return new Table(name, columns, id, other, rules, templates, identity);
        }

        public Table withColumns(List<Column> other) {
            return new Table(name, other, id, references, rules, templates, identity);
        }

        public Table with(Identity other) {
            return new Table(name, columns, id, references, rules, templates, other);
        }
    }

    public Table table(String name) {
        return tables.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    /** This design with one table replaced. */
    public Design with(int index, Table table) {
        var other = new ArrayList<>(tables);
        other.set(index, table);
        return new Design(other);
    }

    /** Whether a condition compares values whose order cannot be told. */
    public boolean ordersTexts() {
        return tables.stream()
                .flatMap(table -> table.templates().stream())
                .flatMap(template -> Stream.concat(
                        Stream.of("" + template.when()),
                        template.from().values().stream().map(rows -> "" + rows.when())))
                .anyMatch(when -> when.contains(ConditionGenerator.TIME));
    }

    /** The references to a table, each with the table that has it. */
    public List<Map.Entry<Table, Reference>> pointingAt(String target) {
        var found = new ArrayList<Map.Entry<Table, Reference>>();
        for (Table table : tables) {
            for (Reference reference : table.references()) {
                if (reference.target().equals(target)) {
                    found.add(Map.entry(table, reference));
                }
            }
        }
        return found;
    }
}
