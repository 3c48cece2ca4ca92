// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.conformance.MemoryDatabase.Write;
import dev.freshet.core.stream.Operation;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps its writes until it commits. One thread. */
final class MemoryTransaction implements SourceTransaction {
    private final MemoryDatabase database;
    private final long id;
    private final List<Write> writes = new ArrayList<>();
    private final List<String> markers = new ArrayList<>();

    MemoryTransaction(MemoryDatabase database, long id) {
        this.database = database;
        this.id = id;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public void insert(TableName table, Map<String, String> row) {
        writes.add(new Write(table, Operation.CREATE, row, row));
    }

    @Override
    public void update(TableName table, Map<String, String> key, Map<String, String> changed) {
        writes.add(new Write(table, Operation.UPDATE, key, changed));
    }

    @Override
    public void delete(TableName table, Map<String, String> key) {
        writes.add(new Write(table, Operation.DELETE, key, Map.of()));
    }

    @Override
    public void truncate(TableName table) {
        writes.add(new Write(table, Operation.TRUNCATE, Map.of(), Map.of()));
    }

    @Override
    public void mark(String content) {
        markers.add(content);
    }

    @Override
    public void commit() {
        database.commit(id, writes, markers);
    }

    @Override
    public void close() {
        database.ended(id);
    }
}
