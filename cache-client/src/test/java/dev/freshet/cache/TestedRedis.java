// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.devservices.RawRedis;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.memory.MemoryRedis;
import dev.freshet.redis.memory.MemoryWire;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The Redis that a suite runs on: a server, or the one in memory.
 *
 * @param raw opens a connection to look into it
 * @param on makes a cache use it
 * @param link opens a link to it
 */
public record TestedRedis(
        Supplier<RawRedis> raw, UnaryOperator<FreshetCacheBuilder> on, Supplier<RedisLink<String, byte[]>> link) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** Of any topology. */
    public static TestedRedis at(String uri) {
        return new TestedRedis(
                () -> new RawRedis(uri),
                builder -> builder.redis(uri),
                () -> new RedisLink<>(settings(uri), CODEC, () -> {}));
    }

    public static TestedRedis in(MemoryRedis memory) {
        var wire = new MemoryWire(memory);
        var resources = ClientResources.create();
        return new TestedRedis(
                () -> new RawRedis(wire.connect(resources, StringCodec.UTF8, PATIENCE)),
                builder -> builder.over(wire),
                () -> new RedisLink<>(settings("redis://in-memory"), wire, CODEC, () -> {}));
    }

    private static LinkSettings settings(String uri) {
        return new LinkSettings(RedisAddress.parse(uri), "suite", PATIENCE, PATIENCE, 100);
    }
}
