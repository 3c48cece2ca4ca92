// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Tag;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code clients/vectors/names.json}. */
class NameVectorsTest {
    private final JsonNode vectors = Vectors.of("names");

    NameVectorsTest() throws IOException {}

    @TestFactory
    Stream<DynamicTest> escapes() {
        return Vectors.tests(vectors.get("escaped"), one -> {
            var tag = Tag.row("x", List.of(Vectors.text(one, "value")));
            assertThat(tag.name()).isEqualTo("x:" + Vectors.text(one, "escaped"));
        });
    }

    @TestFactory
    Stream<DynamicTest> namesKeys() {
        return Vectors.tests(vectors.get("keys"), one -> {
            var keys = new CacheKeys(Vectors.text(one, "namespace"));
            var key = Vectors.key(one);
            String entry = keys.entry(
                    key.isolate(), key.view().entity(), key.id(), key.view().name());
            assertThat(entry).isEqualTo(Vectors.text(one, "entry"));
            assertThat(keys.fences(key.isolate())).isEqualTo(Vectors.text(one, "fences"));
            assertThat(keys.tagSetPrefix(key.isolate())).isEqualTo(Vectors.text(one, "tagSets"));
            assertThat(keys.position()).isEqualTo(Vectors.text(one, "position"));
            assertThat(EntryName.parse(keys, entry))
                    .contains(new EntryName(
                            key.isolate(),
                            Tag.row(key.view().entity(), key.id()),
                            key.view().name()));
        });
    }

    @TestFactory
    Stream<DynamicTest> namesTags() {
        return Vectors.tests(vectors.get("tags"), one -> {
            String entity = Vectors.text(one, "entity");
            var id = Vectors.texts(one.get("id"));
            var tag = switch (Vectors.text(one, "of")) {
                case "row" -> Tag.row(entity, id);
                case "inherited" -> Tag.inherited(entity, id);
                default -> Tag.children(entity, id, Vectors.text(one, "child"));
            };
            assertThat(tag.name()).isEqualTo(Vectors.text(one, "tag"));
        });
    }

    @Test
    void refusesWhatIsNoName() {
        var refused = vectors.get("refused");
        for (String namespace : some(refused.get("namespaces"))) {
            refuses(namespace, () -> new CacheKeys(namespace));
        }
        for (String name : some(refused.get("names"))) {
            refuses(name, () -> CacheView.json(name, "own").key("42").ownedBy("u1"));
            refuses(name, () -> CacheView.json("task", name).key("42").ownedBy("u1"));
        }
        for (String tag : some(refused.get("tags"))) {
            refuses(tag, () -> Loaded.of("1", List.of(new Tag(tag))));
        }
        for (JsonNode id : refused.get("ids")) {
            refuses(id.toString(), () -> Tag.row("task", Vectors.texts(id)));
        }
    }

    private static List<String> some(JsonNode refused) {
        assertThat(refused).isNotEmpty();
        return Vectors.texts(refused);
    }

    private static void refuses(String what, ThrowingCallable use) {
        assertThatThrownBy(use).as(what).isInstanceOf(IllegalArgumentException.class);
    }
}
