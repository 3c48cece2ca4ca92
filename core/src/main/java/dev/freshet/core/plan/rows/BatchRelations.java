// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Caches look-ups for the length of a batch: a hot row's parents and children are the same for each template, and for
 * each transaction that touched the row. An answer is valid for all transactions that were visible when it was given,
 * so {@link #forget} must be called once a batch is visible, before it is planned. Keeps a bounded number of rows. One
 * thread at a time.
 */
public final class BatchRelations implements Relations {
    /** How many rows, and tuples that match none, are kept. */
    static final int CAPACITY = 20_000;
    /** An answer with more rows is passed on but not kept. */
    static final int LONGEST = 1_000;

    private final Relations now;
    private final Map<Lookup, Map<List<String>, List<Row>>> answers = new HashMap<>();
    private int size;

    private record Lookup(TableName table, List<String> columns) {}

    /** @param now where to look rows up */
    public BatchRelations(Relations now) {
        this.now = now;
    }

    /** Drops all answers, because another batch begins: they may be older than its transactions. */
    public void forget() {
        answers.clear();
        size = 0;
    }

    @Override
    public void find(TableName table, List<String> columns, List<List<String>> tuples, Found found) {
        Map<List<String>, List<Row>> known =
                answers.computeIfAbsent(new Lookup(table, columns), lookup -> new HashMap<>());
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < tuples.size(); i++) {
            List<Row> rows = known.get(tuples.get(i));
            if (rows == null) {
                asked.add(i);
            } else {
                for (Row row : rows) {
                    found.row(i, row);
                }
            }
        }
        if (!asked.isEmpty()) {
            List<List<String>> unknown = asked.stream().map(tuples::get).toList();
            var answer = new Answer(unknown.size());
            now.find(table, columns, unknown, (tuple, row) -> {
                answer.add(tuple, row);
                found.row(asked.get(tuple), row);
            });
            keep(known, unknown, answer);
        }
    }

    private void keep(Map<List<String>, List<Row>> known, List<List<String>> tuples, Answer answer) {
        int cost = answer.size + tuples.size();
        if (answer.size <= LONGEST && size + cost <= CAPACITY) {
            size += cost;
            for (int i = 0; i < tuples.size(); i++) {
                known.put(tuples.get(i), answer.rows.get(i));
            }
        }
    }

    /** The rows for each tuple, unless there are too many. */
    private static final class Answer {
        private final List<List<Row>> rows = new ArrayList<>();
        private int size;

        Answer(int tuples) {
            for (int i = 0; i < tuples; i++) {
                rows.add(new ArrayList<>(1));
            }
        }

        void add(int tuple, Row row) {
            if (size == LONGEST) {
                rows.forEach(List::clear);
            }
            if (++size <= LONGEST) {
                rows.get(tuple).add(row);
            }
        }
    }
}
