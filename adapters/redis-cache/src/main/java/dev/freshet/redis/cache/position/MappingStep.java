// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.position;

import dev.freshet.protocol.PositionField;
import dev.freshet.redis.cache.pipeline.Step;
import dev.freshet.redis.cache.pipeline.Utf8;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Asks one master for the canonical form of the mapping used for evictions so far. */
final class MappingStep implements Step<byte[]> {
    private final String key;
    private String text;

    MappingStep(String key) {
        this.key = key;
    }

    @Override
    public CompletionStage<byte[]> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        return redis.hget(Utf8.utf8(key), Utf8.utf8(PositionField.MAPPING_TEXT));
    }

    @Override
    public Step<?> accept(byte[] kept) {
        text = kept == null ? null : new String(kept, StandardCharsets.UTF_8);
        return null;
    }

    Optional<String> text() {
        return Optional.ofNullable(text);
    }
}
