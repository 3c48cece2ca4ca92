// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextEventTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.000006Z");
    private static final Instant NOW = Instant.parse("2026-02-02T03:04:05Z");
    private static final ContextId TASK = ContextId.of(Level.TASK, 42);

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) JSON.readTree(text);
    }

    private static RecordedEvent recorded(long version, ContextEvent event) {
        return new RecordedEvent(version, TASK, version, "u1", "api", NOW, event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Created|{\"parent\":7,\"name\":\"n\",\"description\":\"d\",\"status\":\"open\",\"document\":{\"a\":1},"
                        + "\"createdAt\":\"2026-01-02T03:04:05.000006Z\"}",
                "Created|{\"name\":\"n\",\"description\":\"\",\"document\":{},\"createdAt\":\"2026-01-02T03:04:05Z\"}",
                "Updated|{\"name\":\"m\"}",
                "Updated|{\"description\":\"\",\"status\":\"done\",\"document\":{\"b\":null}}",
                "Moved|{\"from\":7,\"to\":8}",
                "Moved|{\"from\":7,\"to\":8,\"status\":\"done\"}",
                "Deleted|{\"reason\":\"truncated\"}"
            })
    void theFormIsStable(String type, String data) throws Exception {
        var event = ContextEvent.of(type, JSON.readTree(data));
        assertThat(event.type()).isEqualTo(type);
        assertThat(JSON.readTree(event.data().toString())).isEqualTo(JSON.readTree(data));
    }

    @Test
    void readsTimesAsTheTriggersWriteThem() throws Exception {
        var event = (Created) ContextEvent.of(
                "Created",
                json("{\"name\":\"\",\"description\":\"\",\"document\":{},"
                        + "\"createdAt\":\"2026-01-02T03:04:05.000006+00:00\"}"));
        assertThat(event.createdAt()).isEqualTo(THEN);
    }

    @Test
    void refusesTypesItDoesNotKnow() {
        assertThatThrownBy(() -> ContextEvent.of("Melted", JSON.createObjectNode()))
                .hasMessageContaining("Melted");
    }

    @Test
    void aLifeIsPlayedFromItsEvents() throws Exception {
        var context = recorded(1, new Created(7L, "n", "d", "open", json("{\"a\":1}"), THEN))
                .apply(null);
        context =
                recorded(2, new Updated(new Changes(null, null, "done", null))).apply(context);
        context = recorded(3, new Moved(7, 8, Changes.NONE)).apply(context);

        assertThat(context)
                .isEqualTo(new Context(
                        TASK, "u1", ContextId.of(Level.BRANCH, 8), "n", "d", "done", json("{\"a\":1}"), 3, THEN, NOW));
        assertThat(recorded(4, Deleted.BY_COMMAND).apply(context)).isNull();
    }

    @Test
    void anEventThatCannotHaveHappenedIsRefused() throws Exception {
        var created = new Created(7L, "n", "", "open", json("{}"), THEN);
        var context = recorded(1, created).apply(null);
        assertThatThrownBy(() -> recorded(2, created).apply(context)).hasMessageContaining("task 42");
        assertThatThrownBy(() -> recorded(2, Deleted.BY_COMMAND).apply(null)).hasMessageContaining("task 42");
        assertThatThrownBy(() -> recorded(2, new Updated(Changes.NONE)).apply(null))
                .hasMessageContaining("task 42");
        assertThatThrownBy(() -> recorded(2, new Moved(7, 8, Changes.NONE)).apply(null))
                .hasMessageContaining("task 42");
    }

    @Test
    void changesNameOnlyWhatDiffers() throws Exception {
        var context = recorded(1, new Created(7L, "n", "d", "open", json("{\"a\":1}"), THEN))
                .apply(null);
        assertThat(context.changesTo("n", "d", "open", json("{\"a\":1.0}")).isEmpty())
                .isTrue();
        assertThat(context.changesTo(null, null, null, null).isEmpty()).isTrue();
        assertThat(context.changesTo("m", "d", "done", json("{\"a\":2}")))
                .isEqualTo(new Changes("m", null, "done", json("{\"a\":2}")));
    }

    @ParameterizedTest
    @CsvSource({"task:0", "task:-1", "task:01", "task:x", "task:9223372036854775808", "task", "tree:1", "global:"})
    void refusesStreamsThatNameNothing(String stream) {
        assertThatThrownBy(() -> ContextId.ofStream(stream)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void streamsNameContexts() {
        assertThat(ContextId.ofStream("global:a:b")).isEqualTo(ContextId.global("a:b"));
        assertThat(TASK.stream()).isEqualTo("task:42");
        assertThat(ContextId.ofStream(TASK.stream())).isEqualTo(TASK);
    }

    @Test
    void levelsKnowTheirPlace() {
        assertThat(Level.GLOBAL.parent()).isEmpty();
        assertThat(Level.TASK.child()).isEmpty();
        assertThat(Level.PROJECT.child()).contains(Level.BRANCH);
        assertThat(Level.PROJECT.movable()).isFalse();
        assertThatThrownBy(() -> Level.of("leaf")).hasMessageContaining("global, project, branch, task");
    }
}
