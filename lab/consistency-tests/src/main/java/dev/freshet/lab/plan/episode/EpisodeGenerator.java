// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.episode;

import dev.freshet.core.plan.Planner;
import dev.freshet.lab.plan.design.Design;
import dev.freshet.lab.plan.design.Design.Column;
import dev.freshet.lab.plan.design.Design.Reference;
import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.design.Tables;
import dev.freshet.lab.plan.episode.Episode.Transaction;
import dev.freshet.lab.plan.episode.Statement.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Generates rows and transactions. Values come from small domains, so that rows match, move and collide, and references
 * dangle.
 */
public final class EpisodeGenerator {
    private static final List<String> ODD_TEXTS =
            List.of("", "x:y*", "A", "É", " a ", "2024-12-31 23:30:00+00", "infinity");

    private final Design design;
    private final Random random;
    private final List<String> numbers = new ArrayList<>();
    private final List<String> texts = new ArrayList<>(ODD_TEXTS);
    private final int mostRows;
    /** The rows after the statements so far. */
    private Tables rows = new Tables();

    private List<Statement> written = new ArrayList<>();

    public EpisodeGenerator(Design design, Random random) {
        this(design, random, 4);
    }

    /** @param breadth the number of distinct numbers; there are half as many ordinary texts */
    public EpisodeGenerator(Design design, Random random, int breadth) {
        this.design = design;
        this.random = random;
        this.mostRows = breadth + breadth / 2;
        for (int i = 1; i <= breadth; i++) {
            numbers.add(String.valueOf(i));
            if (i % 2 == 0) {
                texts.add(Character.toString('a' + i / 2 - 1));
            }
        }
        for (Table table : design.tables()) {
            for (int i = random.nextInt(mostRows); i > 0; i--) {
                insert(table);
            }
        }
        written.clear();
    }

    public Tables rows() {
        return rows;
    }

    public Episode episode() {
        int manner = random.nextInt(10);
        boolean lagging = manner >= 7;
        boolean pieces = manner >= 4 && manner < 7 || manner == 9;
        int count = lagging ? 2 + random.nextInt(4) : 1 + random.nextInt(3);
        Tables start = rows.copy();
        var transactions = new ArrayList<Transaction>();
        for (int i = 0; i < count; i++) {
            transactions.add(new Transaction(
                    transaction(),
                    pieces ? 1 + random.nextInt(4) : 0,
                    lagging ? random.nextInt(count) : 0,
                    lagging && random.nextInt(4) == 0,
                    random.nextBoolean()));
        }
        int capacity = manner == 6 ? random.nextInt(5) : Planner.DEFAULT_CAPACITY;
        return new Episode(design, start, transactions, capacity);
    }

    private List<Statement> transaction() {
        written = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            statement(any(design.tables()));
        }
        return List.copyOf(written);
    }

    private void statement(Table table) {
        List<List<String>> ids = List.copyOf(rows.of(table.name()).keySet());
        int choice = ids.isEmpty() ? 0 : random.nextInt(100);
        List<String> id = ids.isEmpty() ? null : any(ids);
        if (choice < 18) {
            insert(table);
        } else if (choice < 26) {
            delete(table, id, new LinkedHashSet<>());
        } else if (choice < 34) {
            orphan(table, id);
            write(Verb.DELETE, table, id, Map.of());
        } else if (choice < 42) {
            rename(table, id);
        } else if (choice < 48) {
            swap(table, id, any(ids));
        } else if (choice < 54) {
            again(table, id);
        } else if (choice < 56) {
            truncate(table);
        } else if (choice < 62) {
            ids.forEach(each -> update(table, each));
        } else {
            update(table, id);
        }
    }

    private void insert(Table table) {
        Map<String, String> row = new LinkedHashMap<>();
        table.columns().forEach(column -> row.put(column.name(), value(column)));
        if (rows.of(table.name()).size() < mostRows) {
            write(Verb.INSERT, table, Tables.values(row, table.id()), row);
        }
    }

    private void update(Table table, List<String> id) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            if (!table.id().contains(column.name()) && random.nextInt(3) == 0) {
                values.put(column.name(), value(column));
            }
        }
        write(Verb.UPDATE, table, id, values);
    }

    /** A delete, with ON DELETE CASCADE for the rows that refer to it. */
    private void delete(Table table, List<String> id, Set<List<String>> seen) {
        Map<String, String> row = rows.of(table.name()).get(id);
        if (row == null || !seen.add(List.of(table.name(), id.toString()))) {
            return;
        }
        write(Verb.DELETE, table, id, Map.of());
        for (Map.Entry<Table, Reference> from : design.pointingAt(table.name())) {
            pointing(from, row).forEach(below -> delete(from.getKey(), below, seen));
        }
    }

    /** The effect of ON DELETE SET NULL on the rows that refer to it. */
    private void orphan(Table table, List<String> id) {
        Map<String, String> row = rows.of(table.name()).get(id);
        for (Map.Entry<Table, Reference> from : design.pointingAt(table.name())) {
            Map<String, String> nulls = new LinkedHashMap<>();
            from.getValue().columns().stream()
                    .filter(column -> from.getKey().column(column).nullable())
                    .forEach(column -> nulls.put(column, null));
            pointing(from, row).forEach(below -> write(Verb.UPDATE, from.getKey(), below, nulls));
        }
    }

    /** Changes the id, possibly with ON UPDATE CASCADE. */
    private void rename(Table table, List<String> id) {
        Map<String, String> row = rows.of(table.name()).get(id);
        Map<String, String> values = new LinkedHashMap<>();
        table.id().forEach(column -> values.put(column, value(table.column(column))));
        if (random.nextInt(3) == 0) {
            table.columns().stream()
                    .filter(column -> random.nextInt(3) == 0)
                    .forEach(column -> values.put(column.name(), value(column)));
        }
        write(Verb.UPDATE, table, id, values);
        if (random.nextBoolean()) {
            for (Map.Entry<Table, Reference> from : design.pointingAt(table.name())) {
                Reference reference = from.getValue();
                Map<String, String> follow = new LinkedHashMap<>();
                for (int i = 0; i < reference.to().size(); i++) {
                    if (values.containsKey(reference.to().get(i))) {
                        follow.put(
                                reference.columns().get(i),
                                values.get(reference.to().get(i)));
                    }
                }
                pointing(from, row).forEach(below -> write(Verb.UPDATE, from.getKey(), below, follow));
            }
        }
    }

    /** Swaps the values of two rows, or their ids by way of a temporary id. */
    private void swap(Table table, List<String> one, List<String> other) {
        Map<String, String> first = rows.of(table.name()).get(one);
        Map<String, String> second = rows.of(table.name()).get(other);
        if (random.nextBoolean()) {
            write(Verb.UPDATE, table, one, without(second, table.id()));
            write(Verb.UPDATE, table, other, without(first, table.id()));
        } else {
            Map<String, String> between = new LinkedHashMap<>();
            table.id()
                    .forEach(column -> between.put(column, table.column(column).text() ? "between" : "99"));
            write(Verb.UPDATE, table, one, between);
            write(Verb.UPDATE, table, other, only(first, table.id()));
            write(Verb.UPDATE, table, Tables.values(between, table.id()), only(second, table.id()));
        }
    }

    /** Deletes a row and inserts it again with other values. */
    private void again(Table table, List<String> id) {
        write(Verb.DELETE, table, id, Map.of());
        if (random.nextInt(3) == 0) {
            statement(any(design.tables()));
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            int part = table.id().indexOf(column.name());
            row.put(column.name(), part < 0 ? value(column) : id.get(part));
        }
        write(Verb.INSERT, table, id, row);
    }

    private void truncate(Table table) {
        write(Verb.TRUNCATE, table, List.of(), Map.of());
        if (random.nextBoolean()) {
            design.pointingAt(table.name()).forEach(from -> write(Verb.TRUNCATE, from.getKey(), List.of(), Map.of()));
        }
    }

    private List<List<String>> pointing(Map.Entry<Table, Reference> from, Map<String, String> row) {
        List<String> target = Tables.values(row, from.getValue().to());
        var found = new ArrayList<List<String>>();
        rows.of(from.getKey().name()).forEach((id, below) -> {
            if (!target.contains(null)
                    && Tables.values(below, from.getValue().columns()).equals(target)) {
                found.add(id);
            }
        });
        return found;
    }

    private void write(Verb verb, Table table, List<String> id, Map<String, String> values) {
        Set<String> stored = new LinkedHashSet<>();
        if (random.nextInt(3) == 0) {
            table.columns().stream()
                    .filter(column -> column.text() && random.nextBoolean())
                    .forEach(column -> stored.add(column.name()));
        }
        var statement = new Statement(verb, table.name(), id, values, stored);
        if (statement.apply(rows, table) != null) {
            written.add(statement);
        }
    }

    private static Map<String, String> without(Map<String, String> row, List<String> columns) {
        var some = new LinkedHashMap<>(row);
        some.keySet().removeAll(columns);
        return some;
    }

    private static Map<String, String> only(Map<String, String> row, List<String> columns) {
        var some = new LinkedHashMap<>(row);
        some.keySet().retainAll(columns);
        return some;
    }

    private String value(Column column) {
        if (column.nullable() && random.nextInt(6) == 0) {
            return null;
        }
        return any(column.text() ? texts : numbers);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
