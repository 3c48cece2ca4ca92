// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.memory;

import dev.freshet.conformance.MemoryStore;
import dev.freshet.core.cache.Cache;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.sink.evict.Database;
import dev.freshet.sink.evict.OffsetLog;
import dev.freshet.sink.run.Servers;
import java.io.StringReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The servers of one task, in memory. Several tasks may share a store and its notes. */
public final class MemoryServers implements Servers {
    public static final String MAPPING = """
            freshet: 1
            namespace: shop
            tags: true
            entities:
              shop:
                table: shop
                id: id
                keys: [ "shop:{id}" ]
              item:
                table: item
                id: id
                references: { shop: shop_id }
                parent: shop
                keys: [ "item:{id}", "shop:{shop_id}:items", "by-name:{shop.name}:items" ]
            """;

    public final MemoryStore store;
    public final RecordingCache cache;
    public final MemorySource source = new MemorySource(mapping());
    public final Map<String, String> notes;

    public MemoryServers() {
        this(new MemoryStore(), new ConcurrentHashMap<>());
    }

    private MemoryServers(MemoryStore store, Map<String, String> notes) {
        this.store = store;
        this.notes = notes;
        this.cache = new RecordingCache(store);
    }

    /** Those of another task of the connector, or of the same one after a restart. */
    public MemoryServers another() {
        return new MemoryServers(store, notes);
    }

    public static Mapping mapping() {
        return MappingParser.parse("mapping", new StringReader(MAPPING));
    }

    @Override
    public Database database() {
        return source;
    }

    @Override
    public void dropDatabase() {
        // the next one is the same
    }

    @Override
    public Cache cache() {
        return cache;
    }

    @Override
    public OffsetLog offsets() {
        return new OffsetLog() {
            @Override
            public Map<String, String> read(Collection<String> partitions) {
                var found = new HashMap<>(notes);
                found.keySet().retainAll(partitions);
                return found;
            }

            @Override
            public void write(Map<String, String> noted) {
                notes.putAll(noted);
            }
        };
    }

    @Override
    public void close() {
        // nothing is open
    }
}
