// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.position;

import dev.freshet.redis.cache.pipeline.Pipeline;
import dev.freshet.redis.cache.pipeline.SingleCommand;
import dev.freshet.redis.cache.pipeline.Utf8;
import io.lettuce.core.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far each partition of a log is evicted: one hash, on one master. Thread-safe. */
public final class OffsetNotes {
    private final byte[] key;
    private final Pipeline pipeline;

    /** @param key of the hash */
    public OffsetNotes(String key, Pipeline pipeline) {
        this.key = Utf8.utf8(key);
        this.pipeline = pipeline;
    }

    /** What was noted of these partitions; without those of which nothing was. */
    public Map<String, String> read(Collection<String> partitions) throws InterruptedException {
        var found = new HashMap<String, String>();
        if (!partitions.isEmpty()) {
            byte[][] fields = partitions.stream().map(Utf8::utf8).toArray(byte[][]::new);
            pipeline.run(SingleCommand.<List<KeyValue<byte[], byte[]>>>of(
                    redis -> redis.hmget(key, fields),
                    answer -> answer.stream()
                            .filter(KeyValue::hasValue)
                            .forEach(one -> found.put(text(one.getKey()), text(one.getValue())))));
        }
        return found;
    }

    public void write(Map<String, String> notes) throws InterruptedException {
        if (!notes.isEmpty()) {
            var fields = new HashMap<byte[], byte[]>();
            notes.forEach((partition, note) -> fields.put(Utf8.utf8(partition), Utf8.utf8(note)));
            pipeline.run(SingleCommand.<Long>of(redis -> redis.hset(key, fields), added -> {}));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
