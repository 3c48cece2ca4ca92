// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.memory;

import dev.freshet.core.gate.Snapshot;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SourceException;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.CatalogTable.Identity;
import dev.freshet.model.mapping.check.CatalogTable.UniqueIndex;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Lsn;
import dev.freshet.sink.evict.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A database without a server. Used by one thread at a time. */
public final class MemorySource implements Database {
    private final Mapping mapping;
    private final Map<TableName, CatalogTable> tables = new HashMap<>();
    /** Transactions that have committed, and that no snapshot sees yet. */
    public final Set<Long> invisible = new TreeSet<>();

    public int timeline = 1;
    public boolean down;
    /** How often all older transactions were waited for. */
    public int waits;

    public MemorySource(Mapping mapping) {
        this.mapping = mapping;
        table("shop", Identity.FULL, Map.of("id", new Column("int8", false), "name", new Column("text", true)));
        table(
                "item",
                Identity.FULL,
                Map.of(
                        "id", new Column("int8", false),
                        "shop_id", new Column("int8", true),
                        "name", new Column("text", true)));
    }

    public void table(String name, Identity identity, Map<String, Column> columns) {
        put(new CatalogTable(
                new TableName("public", name),
                new LinkedHashMap<>(columns),
                List.of(new UniqueIndex(name + "_pkey", List.of("id"), true)),
                identity,
                Optional.empty(),
                List.of()));
    }

    public void put(CatalogTable table) {
        tables.put(table.name(), table);
    }

    private void answer() {
        if (down) {
            throw new SourceException(new IllegalStateException("down"));
        }
    }

    @Override
    public ServerIdentity server() {
        answer();
        return new ServerIdentity("4711", timeline, new Lsn(1_000_000));
    }

    @Override
    public String name() {
        return Events.DATABASE;
    }

    @Override
    public List<Shortcoming> shortcomings() {
        answer();
        return List.of();
    }

    @Override
    public Coverage coverage() {
        return new Coverage(Set.of("shop", "item"), Set.of());
    }

    @Override
    public KeyPatterns patterns(Collection<KeyRule> others) {
        return KeyPatterns.of(mapping, this);
    }

    @Override
    public void awaitOlderTransactions() {
        answer();
        waits++;
    }

    @Override
    public Snapshot current() {
        answer();
        long oldest = invisible.stream().findFirst().orElse(100_000L);
        return Snapshot.parse(
                oldest + ":100000:" + invisible.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    @Override
    public Optional<CatalogTable> table(TableName name) {
        answer();
        return Optional.ofNullable(tables.get(name));
    }
}
