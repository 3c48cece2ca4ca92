// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cache.ForeignPositionException;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.TestedRedis;
import dev.freshet.cache.WalPosition;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.CacheKeys;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code clients/vectors/reads.json}: cache-client reads through a real Redis as it stands there. */
@WithRedis
class ReadVectorsTest {
    private final Resp resp;
    private final TestedRedis tested;

    ReadVectorsTest(RedisServer server) {
        resp = resp(server);
        tested = tested(server);
    }

    Resp resp(RedisServer server) {
        return Resp.at(URI.create(server.uri()));
    }

    TestedRedis tested(RedisServer server) {
        return TestedRedis.at(server.uri());
    }

    @TestFactory
    Stream<DynamicTest> reads() throws IOException {
        return Vectors.tests(Vectors.of("reads").get("reads"), this::read);
    }

    private void read(JsonNode one) throws InterruptedException {
        resp.run("FLUSHALL");
        for (JsonNode command : one.get("given")) {
            resp.run(Vectors.texts(command).toArray(String[]::new));
        }
        if (one.has("heldAgoMillis")) {
            long held = resp.time() - 1000 * one.get("heldAgoMillis").asLong();
            resp.run("HSET", "ctx:~position", "held-at", String.valueOf(held));
        }
        var key = Vectors.key(one.get("read"));
        var level = Vectors.level(one.get("level"));
        var then = one.get("then");
        try (var cache = cache(one)) {
            if ("foreign-position".equals(Vectors.text(then, "error"))) {
                assertThatThrownBy(() -> cache.at(level).get(key, () -> load(one)))
                        .isInstanceOf(ForeignPositionException.class);
            } else {
                var result = cache.at(level).get(key, () -> load(one));
                assertThat(result.status()).hasToString(Vectors.text(then, "status"));
                assertThat(result.value()).isEqualTo(Optional.ofNullable(Vectors.text(then, "json")));
                assertThat(result.position().map(WalPosition::toString))
                        .isEqualTo(Optional.ofNullable(Vectors.text(then, "position")));
            }
        }
        String entry = new CacheKeys("ctx")
                .entry(key.isolate(), key.view().entity(), key.id(), key.view().name());
        assertThat(resp.run("GET", entry)).isEqualTo(Vectors.text(then, "stored"));
    }

    private FreshetCache cache(JsonNode one) {
        var builder = tested.on()
                .apply(FreshetCache.builder())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .maxValueBytes(one.path("maxValueBytes").asInt(1 << 20));
        if (one.has("database")) {
            builder.database(Vectors.database(Vectors.text(one, "database")));
        }
        return builder.build();
    }

    private Loaded<String> load(JsonNode one) {
        assertThat(one.get("loaded").isNull()).as("nothing was to be loaded").isFalse();
        one.path("during").forEach(resp::run);
        return Vectors.loaded(one.get("loaded"));
    }
}
