// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JacksonCodecTest {
    record Task(long id, String name, List<String> labels) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle"), @JsonSubTypes.Type(Square.class)})
    sealed interface Shape {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    private static final Task PAINT = new Task(42, "Zoë", List.of("a", "b"));

    @Test
    void recordsComeBackAsTheyWere() {
        var codec = JacksonCodec.of(Task.class);
        assertThat(text(codec.encode(PAINT))).isEqualTo("{\"id\":42,\"name\":\"Zoë\",\"labels\":[\"a\",\"b\"]}");
        assertThat(codec.decode(codec.encode(PAINT))).isEqualTo(PAINT);
    }

    @Test
    void genericTypesComeBackWithTheirTypes() {
        var tasks = JacksonCodec.of(new TypeReference<Map<String, List<Task>>>() {});
        var value = Map.of("open", List.of(PAINT));
        assertThat(tasks.decode(tasks.encode(value))).isEqualTo(value);
    }

    @Test
    void listsOfASealedTypeKeepTheNamesOfItsSubtypes() {
        var shapes = JacksonCodec.of(new TypeReference<List<Shape>>() {});
        List<Shape> value = List.of(new Circle(1), new Square(2));
        assertThat(text(shapes.encode(value))).contains("\"kind\":\"circle\"");
        assertThat(shapes.decode(shapes.encode(value))).isEqualTo(value);
    }

    @Test
    void anOlderShapeIsNotReadWithNulls() {
        var codec = JacksonCodec.of(Task.class);
        assertThatThrownBy(() -> codec.decode(bytes("{\"id\":42,\"name\":\"secret\"}")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Task")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> codec.decode(bytes("{\"id\":null,\"name\":\"x\",\"labels\":[]}")))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> codec.decode(bytes("\"text\""))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void whatANewerShapeAddsIsLeftOut() {
        var newer = bytes("{\"id\":42,\"name\":\"Zoë\",\"labels\":[\"a\",\"b\"],\"due\":\"tomorrow\"}");
        assertThat(JacksonCodec.of(Task.class).decode(newer)).isEqualTo(PAINT);
    }

    @Test
    void aMapperOfOnesOwnIsUsedAsItIs() {
        var sorted = JsonMapper.builder()
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .build();
        assertThat(text(JacksonCodec.of(sorted, Task.class).encode(PAINT))).startsWith("{\"id\":42,\"labels\"");
        assertThat(text(JacksonCodec.of(sorted, new TypeReference<List<Task>>() {})
                        .encode(List.of(PAINT))))
                .startsWith("[{\"id\":42,\"labels\"");
    }

    @Test
    void whatCannotBeWrittenIsNamedByItsType() {
        var odd = JacksonCodec.of(Object.class);
        assertThatThrownBy(() -> odd.encode(new Object()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("a value of java.lang.Object cannot be written as JSON");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
