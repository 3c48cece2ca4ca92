// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.protocol.EntryFormat.Beginning;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryFormatTest {
    @Test
    void bothWaysToReadAnEntryFindTheSame() {
        for (var trace : List.of("", EntryFormat.trace("0/1A2B3C4", "790:795:791"))) {
            String text = "{\"tags\":[\"task:42\",\"branch:7/task\"]," + trace + "\"value\":{\"tags\":[\"x\"]}}";
            var entry = EntryFormat.of(text.getBytes(StandardCharsets.UTF_8));
            assertThat(entry.value()).asString().isEqualTo("{\"tags\":[\"x\"]}");
            var at = trace.isEmpty() ? null : "0/1A2B3C4";
            assertThat(entry.at()).isEqualTo(at);
            assertThat(EntryFormat.beginning(text))
                    .contains(new Beginning(entry.tags(), at, trace.isEmpty() ? null : "790:795:791", false));
            assertThat(entry.tags()).containsExactly("task:42", "branch:7/task");
        }
    }

    @Test
    void whatDoesNotExistHasNoValue() {
        String text = "{\"tags\":[\"task:42\"],\"value\":null}";
        assertThat(EntryFormat.of(text.getBytes(StandardCharsets.UTF_8)).value())
                .isNull();
        assertThat(EntryFormat.beginning(text)).contains(new Beginning(List.of("task:42"), null, null, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{\"tags\":[\"a\"]", "{\"tags\":[\"a\"],\"valu\":1}", "]]]]]]]]]]]]]]"})
    void cutsNoValueOutOfWhatIsNoEntry(String text) {
        assertThatThrownBy(() -> EntryFormat.of(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(EntryFormat.beginning(text)).isEmpty();
    }
}
