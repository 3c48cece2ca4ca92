// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import static dev.freshet.invalidator.evict.Utf8.utf8;

import dev.freshet.redis.Script;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Runs publish.lua on one master: publishes a position if it is the one that is expected, and tells which one it is. */
final class PublishStep implements Step<List<Object>> {
    private static final Script PUBLISH = Script.resource(PublishStep.class, "publish.lua");

    private final String key;
    private final byte[][] args;
    private boolean published;
    private Master master;

    private PublishStep(String key, List<String> args) {
        this.key = key;
        this.args = args.stream().map(Utf8::utf8).toArray(byte[][]::new);
    }

    /** Publishes nothing. */
    static PublishStep look(String key) {
        return new PublishStep(key, List.of());
    }

    /** @param heldAt what the masters' clocks said when all that had committed by then was not yet evicted; or null */
    static PublishStep publish(Position position, Master expected, Masters heldAt) {
        var args = new ArrayList<String>();
        args.add(expected.identity());
        args.add(
                heldAt == null
                        ? ""
                        : heldAt.micros(expected.identity())
                                .map(micros -> Long.toString(micros))
                                .orElse(""));
        args.addAll(PositionHash.of(position));
        return new PublishStep(expected.key(), args);
    }

    @Override
    public CompletionStage<List<Object>> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        return PUBLISH.run(redis, ScriptOutputType.MULTI, new byte[][] {utf8(key)}, args);
    }

    @Override
    public Step<?> accept(List<Object> answer) {
        published = (Long) answer.get(0) == 1;
        var fields = new LinkedHashMap<String, String>();
        for (int i = 3; i < answer.size(); i += 2) {
            fields.put(text(answer.get(i)), text(answer.get(i + 1)));
        }
        master = new Master(
                key,
                text(answer.get(1)),
                Long.parseLong(text(answer.get(2))),
                PositionHash.read(fields),
                PositionHash.holder(fields),
                fields.get("master"));
        return null;
    }

    boolean published() {
        return published;
    }

    Master master() {
        return master;
    }

    private static String text(Object utf8) {
        return new String((byte[]) utf8, StandardCharsets.UTF_8);
    }
}
