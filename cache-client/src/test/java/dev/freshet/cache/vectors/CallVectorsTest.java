// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.Codec;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.protocol.Tag;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code clients/vectors/calls.json}: what cache-client sends, as Redis sees it. */
@WithRedis
class CallVectorsTest {
    private static final String KINDS = "task branch/inherited order_line org/member";

    private final JsonNode vectors = Vectors.of("calls");
    private final String uri;
    private final Resp resp;

    CallVectorsTest(RedisServer server) throws IOException {
        uri = server.uri();
        resp = Resp.at(URI.create(uri));
    }

    @TestFactory
    Stream<DynamicTest> begins() {
        return Vectors.tests(vectors.get("begin"), one -> {
            var value = Loaded.of("1", List.of(new Tag("task:42")));
            var call = sent(one, ProtocolScript.BEGIN, Vectors.level(one.get("level")), value);
            assertThat(call).isEqualTo(Stream.concat(keys(one), arguments(one)).toList());
        });
    }

    /** Each process gives itself a name. */
    @TestFactory
    Stream<DynamicTest> leases() {
        return Vectors.tests(vectors.get("leased"), one -> {
            var value = Loaded.of("1", List.of(new Tag("task:42")));
            var call = sent(one, ProtocolScript.BEGIN, Vectors.level(one.get("level")), value);
            var wanted = Stream.concat(keys(one), arguments(one)).toList();
            int process = wanted.size() - 2;
            assertThat(call.subList(0, process)).isEqualTo(wanted.subList(0, process));
            assertThat(call.get(process)).isNotEmpty();
            assertThat(call.subList(process + 1, call.size())).isEqualTo(wanted.subList(process + 1, wanted.size()));
        });
    }

    @TestFactory
    Stream<DynamicTest> fills() {
        return Vectors.tests(vectors.get("fill"), one -> {
            var call = sent(one, ProtocolScript.FILL, Consistency.eventual(), Vectors.loaded(one.get("loaded")));
            int token = 1 + one.get("keys").size();
            // The token is Redis' own.
            assertThat(call.subList(token, token + 2)).allMatch(part -> part.matches("\\d{16}"));
            var wanted = Stream.concat(keys(one), arguments(one)).toList();
            assertThat(call.subList(0, token)).isEqualTo(wanted.subList(0, token));
            assertThat(call.subList(token + 2, call.size())).isEqualTo(wanted.subList(token + 2, wanted.size()));
        });
    }

    @Test
    void refuses() {
        var refused = vectors.get("refused");
        for (JsonNode millis : refused.get("maxAgesMillis")) {
            assertThatThrownBy(() -> Consistency.bounded(Duration.ofMillis(millis.asLong())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (JsonNode loaded : refused.get("loaded")) {
            assertThatThrownBy(() -> {
                        Vectors.loaded(loaded);
                        Codec.TEXT.encode(Vectors.text(loaded, "json"));
                    })
                    .isInstanceOf(IllegalArgumentException.class);
        }
        var value = Loaded.of("1", List.of(new Tag("task:42")));
        for (JsonNode snapshot : refused.get("snapshots")) {
            assertThatThrownBy(() -> value.at("0/1", snapshot.asText())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** What follows the digest of a script, in the first call of it that this read sends. */
    private List<String> sent(JsonNode one, ProtocolScript script, Consistency level, Loaded<String> loaded)
            throws Exception {
        resp.run("FLUSHALL");
        resp.run("HSET", "ctx:~position", "covers", KINDS, "covers-owned", KINDS);
        var builder = FreshetCache.builder()
                .redis(uri)
                .namespace("ctx")
                .ttl(Duration.ofMinutes(5))
                .absentTtl(Duration.ofMinutes(5))
                .ttlJitter(0)
                .commandTimeout(Duration.ofSeconds(30));
        if (one.has("lease")) {
            builder.leases(Duration.ofMillis(one.get("lease").get("millis").asLong()));
        }
        String database = Vectors.text(one, "database");
        if (!database.isEmpty()) {
            var source = Vectors.database(database);
            builder.database(source);
            resp.run("HSET", "ctx:~position", "system", source.system(), "database", source.name());
        }
        try (var monitor = new Monitor(URI.create(uri));
                var cache = builder.build()) {
            cache.at(level).get(Vectors.key(one.get("read")), () -> loaded);
            return monitor.next("EVALSHA", digest(script));
        }
    }

    private static String digest(ProtocolScript script) throws NoSuchAlgorithmException {
        var text = script.text().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    }

    private static Stream<String> keys(JsonNode one) {
        var keys = Vectors.texts(one.get("keys"));
        return Stream.concat(Stream.of(String.valueOf(keys.size())), keys.stream());
    }

    private static Stream<String> arguments(JsonNode one) {
        return Vectors.texts(one.get("args")).stream();
    }
}
