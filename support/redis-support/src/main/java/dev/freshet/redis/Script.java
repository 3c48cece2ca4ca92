// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A Lua script that is run by its digest, and loaded if Redis does not know it or has forgotten it. So the Redis user
 * needs no right to EVAL, which runs anything. Immutable.
 */
public final class Script {
    private final byte[] text;
    private final String digest;

    private Script(byte[] text) {
        this.text = text;
        try {
            digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** A script with this text. */
    public static Script of(String text) {
        return new Script(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Runs the script on the server of its first key.
     *
     * @param <K> text, or bytes
     * @param keys in a Cluster all in one slot
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <K, V, T> CompletionStage<T> run(
            RedisClusterAsyncCommands<K, V> redis, ScriptOutputType type, K[] keys, V... args) {
        CompletionStage<T> byDigest = redis.evalsha(digest, type, keys, args);
        return byDigest.exceptionallyCompose(failure -> unwrap(failure) instanceof RedisNoScriptException
                ? load(redis, keys).thenCompose(loaded -> redis.evalsha(digest, type, keys, args))
                : CompletableFuture.failedStage(failure));
    }

    /**
     * SCRIPT LOAD on a Cluster asks every node and fails if any of them fails. So only the node that will run the
     * script is asked.
     */
    private <K, V> CompletionStage<?> load(RedisClusterAsyncCommands<K, V> redis, K[] keys) {
        if (keys.length > 0 && redis instanceof RedisAdvancedClusterAsyncCommands<K, V> cluster) {
            int slot = slotOf(keys[0]);
            return cluster.nodes(node -> node.hasSlot(slot)).commands().scriptLoad(text);
        }
        return redis.scriptLoad(text);
    }

    private static int slotOf(Object key) {
        return key instanceof byte[] bytes ? SlotHash.getSlot(bytes) : SlotHash.getSlot(key.toString());
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
