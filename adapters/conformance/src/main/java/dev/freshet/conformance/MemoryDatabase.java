// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.gate.Snapshot;
import dev.freshet.core.gate.SnapshotSource;
import dev.freshet.core.pipeline.Lookups;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A source database without a server, for tests: tables of texts, a log of what was committed, and one slot. A change takes
 * effect with its commit. Thread-safe.
 */
public final class MemoryDatabase implements SnapshotSource {
    private static final int BYTES_OF_A_RECORD = 8;
    private static final long FIRST_ID = 700;

    private final Map<TableName, Table> tables = new HashMap<>();
    private final List<Chunk> log = new ArrayList<>();
    private final Set<Long> running = new TreeSet<>();
    private long nextId = FIRST_ID;
    private Lsn end = new Lsn(0x1000);
    private Lsn acknowledged = Lsn.ZERO;

    private record Table(Set<String> columns, List<String> id, Map<List<String>, Map<String, String>> rows) {
        List<String> idOf(Map<String, String> row) {
            return id.stream().map(row::get).toList();
        }
    }

    /** Creates a table with these columns, of which the first few are its id. */
    public synchronized void create(TableName table, int idColumns, String... columns) {
        tables.put(
                table,
                new Table(
                        new LinkedHashSet<>(List.of(columns)),
                        List.of(columns).subList(0, idColumns),
                        new LinkedHashMap<>()));
    }

    public synchronized void addColumn(TableName table, String column) {
        tables.get(table).columns().add(column);
    }

    /** Begins a transaction. */
    public synchronized SourceTransaction begin() {
        long id = nextId++;
        running.add(id);
        return new MemoryTransaction(this, id);
    }

    @Override
    public synchronized Snapshot current() {
        long oldest = running.stream().findFirst().orElse(nextId);
        return Snapshot.parse(oldest + ":" + nextId + ":"
                + running.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    /** Look-ups for the rows and keys of a mapping. */
    public Lookups lookups(Mapping mapping) {
        return new Lookups() {
            @Override
            public Relations relations() {
                return MemoryDatabase.this::find;
            }

            @Override
            public Lsn walEnd() {
                synchronized (MemoryDatabase.this) {
                    return end;
                }
            }

            @Override
            public KeyPatterns patterns(Collection<KeyRule> others) {
                return KeyPatterns.of(mapping, table -> Optional.empty())
                        .and(KeyPatterns.of(others.stream()
                                .map(rule -> rule.pattern(table -> Optional.empty()))
                                .toList()));
            }
        };
    }

    private void find(TableName table, List<String> columns, List<List<String>> tuples, Relations.Found found) {
        Map<List<String>, Integer> wanted = new HashMap<>();
        tuples.forEach(tuple -> wanted.put(tuple, wanted.size()));
        List<Map<String, String>> rows;
        synchronized (this) {
            rows = List.copyOf(tables.get(table).rows().values());
        }
        for (Map<String, String> row : rows) {
            Integer tuple = wanted.get(columns.stream().map(row::get).toList());
            if (tuple != null) {
                found.row(tuple, new Row(row));
            }
        }
    }

    /** A change that a transaction makes when it commits. */
    record Write(TableName table, Operation operation, Map<String, String> key, Map<String, String> values) {}

    synchronized void ended(long id) {
        running.remove(id);
    }

    synchronized void commit(long id, List<Write> writes, List<String> markers) {
        running.remove(id);
        Instant at = Instant.now();
        List<RowChange> changes = new ArrayList<>();
        for (Write write : writes) {
            end = new Lsn(end.value() + BYTES_OF_A_RECORD);
            changes.add(apply(write, new Origin(id, end, at)));
        }
        end = new Lsn(end.value() + BYTES_OF_A_RECORD);
        log.add(new Chunk(id, List.copyOf(changes), new Commit(end, at, List.copyOf(markers))));
        notifyAll();
    }

    private RowChange apply(Write write, Origin origin) {
        Table table = tables.get(write.table());
        Map<String, String> before = null;
        Map<String, String> after = null;
        switch (write.operation()) {
            case TRUNCATE -> table.rows().clear();
            case CREATE -> after = new LinkedHashMap<>();
            case UPDATE, DELETE -> before = table.rows().remove(table.idOf(write.key()));
        }
        if (write.operation() == Operation.UPDATE) {
            after = new LinkedHashMap<>(before);
        }
        if (after != null) {
            for (String column : table.columns()) {
                after.put(column, write.values().getOrDefault(column, after.get(column)));
            }
            table.rows().put(table.idOf(after), after);
        }
        return new RowChange(
                write.table(),
                write.operation(),
                before == null ? null : new Row(before),
                after == null ? null : new Row(after),
                origin);
    }

    /** Waits for the first transaction that ends after this position. */
    synchronized Chunk next(Lsn after) throws InterruptedException {
        while (true) {
            for (Chunk transaction : log) {
                if (transaction.commit().lsn().isAfter(after)) {
                    return transaction;
                }
            }
            wait();
        }
    }

    synchronized void acknowledge(Lsn commit) {
        acknowledged = acknowledged.max(commit);
    }

    /** The end of the last transaction that was acknowledged. */
    public synchronized Lsn acknowledged() {
        return acknowledged;
    }
}
