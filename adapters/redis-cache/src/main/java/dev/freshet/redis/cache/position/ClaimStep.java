// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.position;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Owner;
import dev.freshet.protocol.PositionField;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.redis.Script;
import dev.freshet.redis.cache.pipeline.Step;
import dev.freshet.redis.cache.pipeline.Utf8;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Runs claim.lua on one master: claims the namespace for this instance. */
final class ClaimStep implements Step<Long> {
    private static final Script CLAIM = Script.of(ProtocolScript.CLAIM.text());

    private final String key;
    private final byte[][] args;
    private boolean claimed;

    ClaimStep(String key, Claim claim, Owner own, boolean takeOver) {
        this.key = key;
        var texts = new ArrayList<>(List.of(Long.toString(claim.number()), own.system(), own.database(), own.slot()));
        if (takeOver) {
            texts.addAll(PositionField.TAKEN_OVER);
        }
        this.args = texts.stream().map(Utf8::utf8).toArray(byte[][]::new);
    }

    @Override
    public CompletionStage<Long> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        return CLAIM.run(redis, ScriptOutputType.INTEGER, new byte[][] {Utf8.utf8(key)}, args);
    }

    @Override
    public Step<?> accept(Long answer) {
        claimed = answer == 1;
        return null;
    }

    boolean claimed() {
        return claimed;
    }
}
