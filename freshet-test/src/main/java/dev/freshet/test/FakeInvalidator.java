// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.PositionField;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.memory.MemoryRedis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the invalidator does to Redis, by hand: with the script that it evicts by. Thread-safe. */
final class FakeInvalidator {
    private static final String MOST_ENTRIES = "1000000";
    private static final String MOST_FENCES = "100000";

    private final MemoryRedis redis;
    private final CacheKeys keys;
    private final Contract contract;
    private volatile boolean keepsUp = true;

    FakeInvalidator(MemoryRedis redis, CacheKeys keys, Coverage coverage) {
        this.redis = redis;
        this.keys = keys;
        this.contract = new Contract("freshet-test", "fake", coverage);
    }

    /** Publishes what it evicts, as at its start. */
    void start() {
        keepsUp = true;
        var words = new ArrayList<>(List.of("HSET", keys.position()));
        contract.fields().forEach((field, value) -> {
            words.add(field);
            words.add(value);
        });
        redis.ask(words.toArray(String[]::new));
    }

    void publish(String lsn) {
        redis.ask("HSET", keys.position(), PositionField.LSN, lsn);
    }

    /** While it runs, its position is of this moment. */
    void keepUp() {
        if (keepsUp && redis.ask("HGET", keys.position(), PositionField.LSN) != null) {
            var time = (List<?>) redis.ask("TIME");
            long micros = Long.parseLong(time.get(0).toString()) * 1_000_000
                    + Long.parseLong(time.get(1).toString());
            redis.ask("HSET", keys.position(), PositionField.HELD_AT, Long.toString(micros));
        }
    }

    /** It hangs: its position stays where it is, and grows old. */
    void stop() {
        keepUp();
        keepsUp = false;
    }

    /** As if none had ever published here. */
    void remove() {
        redis.ask("DEL", keys.position());
    }

    void evict(Isolate owner, Collection<Tag> tags) {
        if (tags.isEmpty()) {
            return;
        }
        var words = new ArrayList<String>();
        words.add("EVAL");
        words.add(ProtocolScript.INVALIDATE.text());
        words.add(String.valueOf(tags.size() + 1));
        words.add(keys.fences(owner));
        tags.forEach(tag -> words.add(keys.tagSet(owner, tag)));
        words.add(String.valueOf(CacheKeys.FENCE_LIFETIME.toMillis()));
        words.addAll(List.of(MOST_ENTRIES, "0", MOST_FENCES));
        tags.forEach(tag -> words.add(tag.name()));
        redis.ask(words.toArray(String[]::new));
    }

    /** The kinds of tags that a row of the entity has. */
    List<String> kindsOf(String entity) {
        var kinds = new ArrayList<>(contract.coverage().kinds());
        kinds.addAll(contract.coverage().owned());
        return kinds.stream()
                .distinct()
                .filter(kind -> kind.equals(entity) || kind.startsWith(entity + "/"))
                .toList();
    }
}
