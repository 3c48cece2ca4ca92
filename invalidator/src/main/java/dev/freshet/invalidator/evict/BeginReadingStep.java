// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.redis.Script;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Runs begin-reading.lua on one master. */
final class BeginReadingStep implements Step<Long> {
    private static final Script BEGIN = Script.resource(BeginReadingStep.class, "begin-reading.lua");

    private final String key;
    private final byte[][] args;
    private int lost;

    BeginReadingStep(String key, Claim claim, String process, String place, int enough) {
        this.key = key;
        this.args = List.of(Long.toString(claim.number()), process, place, Integer.toString(enough)).stream()
                .map(Utf8::utf8)
                .toArray(byte[][]::new);
    }

    @Override
    public CompletionStage<Long> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        return BEGIN.run(redis, ScriptOutputType.INTEGER, new byte[][] {Utf8.utf8(key)}, args);
    }

    @Override
    public Step<?> accept(Long answer) {
        lost = Math.toIntExact(answer);
        return null;
    }

    /** How many processes were lost at that place before. */
    int lost() {
        return lost;
    }
}
