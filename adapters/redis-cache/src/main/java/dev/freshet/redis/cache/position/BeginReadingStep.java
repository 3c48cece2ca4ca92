// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.position;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Losses;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.redis.Script;
import dev.freshet.redis.cache.pipeline.Step;
import dev.freshet.redis.cache.pipeline.Utf8;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Runs begin-reading.lua on one master. */
final class BeginReadingStep implements Step<List<Long>> {
    private static final Script BEGIN = Script.of(ProtocolScript.BEGIN_READING.text());

    private final String key;
    private final byte[][] args;
    private Losses losses = Losses.NONE;

    BeginReadingStep(String key, Claim claim, String process, String place, int enough, boolean again) {
        this.key = key;
        this.args = Stream.of(
                        Long.toString(claim.number()), process, place, Integer.toString(enough), again ? "1" : "0")
                .map(Utf8::utf8)
                .toArray(byte[][]::new);
    }

    @Override
    public CompletionStage<List<Long>> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        return BEGIN.run(redis, ScriptOutputType.MULTI, new byte[][] {Utf8.utf8(key)}, args);
    }

    @Override
    public Step<?> accept(List<Long> answer) {
        losses = new Losses(Math.toIntExact(answer.get(0)), Math.toIntExact(answer.get(1)));
        return null;
    }

    Losses losses() {
        return losses;
    }
}
