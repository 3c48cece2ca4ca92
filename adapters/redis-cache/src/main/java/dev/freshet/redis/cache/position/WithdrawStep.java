// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.position;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.SupersededException;
import dev.freshet.protocol.PositionField;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.redis.Script;
import dev.freshet.redis.cache.pipeline.Step;
import dev.freshet.redis.cache.pipeline.Utf8;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;

/** Runs withdraw.lua on one master: removes the position, and keeps its owner. */
final class WithdrawStep implements Step<Long> {
    private static final Script WITHDRAW = Script.of(ProtocolScript.WITHDRAW.text());

    private final String key;
    private final byte[][] args;
    private boolean done;

    WithdrawStep(String key, Claim claim) {
        this.key = key;
        var texts = new ArrayList<String>();
        texts.add(Long.toString(claim.number()));
        texts.addAll(PositionField.WITHDRAWN);
        this.args = texts.stream().map(Utf8::utf8).toArray(byte[][]::new);
    }

    @Override
    public CompletionStage<Long> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        return WITHDRAW.run(redis, ScriptOutputType.INTEGER, new byte[][] {Utf8.utf8(key)}, args);
    }

    @Override
    public Step<?> accept(Long answer) {
        done = answer == 1;
        return null;
    }

    /** @throws SupersededException if another instance has claimed the namespace since */
    void check() {
        if (!done) {
            throw new SupersededException(key);
        }
    }
}
