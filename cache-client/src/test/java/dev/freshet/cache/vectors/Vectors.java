// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.SourceDatabase;
import dev.freshet.cache.WalPosition;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The files in {@code clients/vectors}, by which readers in other languages are tested, and what stands in them. */
final class Vectors {
    private static final Path FOLDER = Path.of("../clients/vectors");

    private Vectors() {}

    static JsonNode of(String name) throws IOException {
        return new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
    }

    /** One test for each element of an array. There must be some. */
    static Stream<DynamicTest> tests(JsonNode cases, ThrowingConsumer<JsonNode> test) {
        if (!cases.isArray() || cases.isEmpty()) {
            throw new IllegalArgumentException("expected an array with cases, not " + cases.getNodeType());
        }
        return all(cases)
                .map(one -> DynamicTest.dynamicTest(one.path("name").asText(one.toString()), () -> test.accept(one)));
    }

    static Stream<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(JsonNode array) {
        return all(array).map(JsonNode::asText).toList();
    }

    /** Null if it is missing or null. */
    static String text(JsonNode object, String name) {
        return object.hasNonNull(name) ? object.get(name).asText() : null;
    }

    static Isolate isolate(JsonNode read) {
        String owner = text(read, "owner");
        return owner == null ? Isolate.SHARED : Isolate.of(owner);
    }

    static EntryKey<String> key(JsonNode read) {
        return view(text(read, "entity"), text(read, "view"))
                .key(texts(read.get("id")))
                .in(isolate(read));
    }

    /** A name may end with a format. */
    private static CacheView<String> view(String entity, String name) {
        int at = name.lastIndexOf('@');
        return at > 0 && name.substring(at + 1).matches("[0-9]+")
                ? CacheView.json(entity, name.substring(0, at)).format(Integer.parseInt(name.substring(at + 1)))
                : CacheView.json(entity, name);
    }

    static Consistency level(JsonNode level) {
        return switch (text(level, "name")) {
            case "eventual" -> Consistency.eventual();
            case "bounded" ->
                Consistency.bounded(Duration.ofMillis(level.get("maxAgeMillis").asLong()));
            case "session" -> Consistency.session(WalPosition.of(text(level, "position")));
            case "strong" -> Consistency.strong();
            default -> throw new IllegalArgumentException("no level: " + level);
        };
    }

    static Loaded<String> loaded(JsonNode from) {
        var tags = texts(from.get("tags")).stream().map(Tag::new).toList();
        String json = text(from, "json");
        Loaded<String> loaded = json == null ? Loaded.absent(tags) : Loaded.of(json, tags);
        if (from.has("at")) {
            loaded = loaded.at(text(from, "at"), text(from, "snapshot"));
        }
        return from.has("database") ? loaded.from(database(text(from, "database"))) : loaded;
    }

    static SourceDatabase database(String text) {
        String[] parts = text.split("/", 2);
        return new SourceDatabase(parts[0], parts[1]);
    }
}
