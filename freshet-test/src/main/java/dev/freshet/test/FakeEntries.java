// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.memory.MemoryRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks at the entries in a Redis in memory. */
record FakeEntries(MemoryRedis redis, CacheKeys keys) {
    /** In the order of their keys. */
    List<FakeEntry> all() {
        return names().stream().sorted().flatMap(key -> find(key).stream()).toList();
    }

    /** The keys of everything in the namespace. */
    List<String> names() {
        return ((List<?>) redis.ask("KEYS", keys.namespace() + ":*"))
                .stream().map(Object::toString).toList();
    }

    Optional<FakeEntry> find(String key) {
        return EntryName.parse(keys, key).flatMap(name -> entry(key, name));
    }

    private Optional<FakeEntry> entry(String key, EntryName name) {
        if (!(redis.ask("GET", key) instanceof String text)) {
            return Optional.empty();
        }
        var entry = EntryFormat.of(text.getBytes(StandardCharsets.UTF_8));
        return Optional.of(new FakeEntry(
                key,
                name.isolate(),
                name.row(),
                name.view(),
                entry.tags().stream().map(Tag::new).toList(),
                Optional.ofNullable(entry.value()).map(value -> new String(value, StandardCharsets.UTF_8)),
                Optional.ofNullable(entry.at()),
                Duration.ofMillis((Long) redis.ask("PTTL", key))));
    }
}
