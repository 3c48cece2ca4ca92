// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.position;

import static dev.freshet.redis.cache.pipeline.Utf8.utf8;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.Standing;
import dev.freshet.core.cache.SupersededException;
import dev.freshet.protocol.PositionField;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.redis.Script;
import dev.freshet.redis.cache.pipeline.Step;
import dev.freshet.redis.cache.pipeline.Utf8;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Runs publish.lua on one master: publishes a position if it is the expected master, and reads the master's identity
 * and fields.
 */
final class PublishStep implements Step<List<Object>> {
    private static final Script PUBLISH = Script.of(ProtocolScript.PUBLISH.text());

    private static final int PUBLISHED = 1;
    private static final int SUPERSEDED = 2;
    private static final int TEXT_WANTED = 3;
    /** Index of the mapping's text among the arguments. */
    private static final int TEXT = 4;

    private final String key;
    private final String mapping;
    private final byte[][] args;
    private long outcome;
    private Master master;

    private PublishStep(String key, String mapping, List<String> args) {
        this.key = key;
        this.mapping = mapping;
        this.args = args.stream().map(Utf8::utf8).toArray(byte[][]::new);
    }

    /** Only reads; publishes nothing. */
    static PublishStep look(String key) {
        return new PublishStep(key, "", List.of());
    }

    /**
     * @param heldAt the masters' clocks at a moment such that everything committed before it is evicted by now; or null
     */
    static PublishStep publish(Position position, Claim claim, Master expected, Masters heldAt) {
        var args = new ArrayList<String>();
        args.add(expected.identity());
        args.add(
                heldAt == null
                        ? ""
                        : heldAt.micros(expected.identity())
                                .map(micros -> Long.toString(micros))
                                .orElse(""));
        args.add(Long.toString(claim.number()));
        args.add(claim.mapping().isEmpty() ? "" : position.contract().mapping());
        args.add("");
        args.addAll(PositionHash.of(position));
        return new PublishStep(expected.key(), claim.mapping(), args);
    }

    @Override
    public CompletionStage<List<Object>> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        return PUBLISH.run(redis, ScriptOutputType.MULTI, new byte[][] {utf8(key)}, args);
    }

    @Override
    public Step<?> accept(List<Object> answer) {
        outcome = (Long) answer.get(0);
        if (outcome == TEXT_WANTED) {
            args[TEXT] = utf8(mapping);
            return this;
        }
        var fields = new LinkedHashMap<String, String>();
        for (int i = 3; i < answer.size(); i += 2) {
            fields.put(text(answer.get(i)), text(answer.get(i + 1)));
        }
        long micros = Long.parseLong(text(answer.get(2)));
        master = new Master(
                key,
                text(answer.get(1)),
                micros,
                PositionHash.read(fields),
                PositionHash.holder(fields),
                fields.get(PositionField.MASTER),
                Standing.of(fields, micros));
        return null;
    }

    /** @throws SupersededException if another instance has claimed the namespace since */
    boolean published() {
        if (outcome == SUPERSEDED) {
            throw new SupersededException(key);
        }
        return outcome == PUBLISHED;
    }

    Master master() {
        return master;
    }

    private static String text(Object utf8) {
        return new String((byte[]) utf8, StandardCharsets.UTF_8);
    }
}
