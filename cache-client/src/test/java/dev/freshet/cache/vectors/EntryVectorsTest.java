// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.EntryFormat.Beginning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code clients/vectors/entries.json}. */
class EntryVectorsTest {
    private final JsonNode vectors = Vectors.of("entries");

    EntryVectorsTest() throws IOException {}

    @TestFactory
    Stream<DynamicTest> parses() {
        return Vectors.tests(vectors.get("entries"), one -> {
            String text = Vectors.text(one, "text");
            var entry = EntryFormat.of(text.getBytes(StandardCharsets.UTF_8));
            String json = Vectors.text(one, "json");
            assertThat(entry.value()).isEqualTo(json == null ? null : json.getBytes(StandardCharsets.UTF_8));
            assertThat(entry.tags()).isEqualTo(Vectors.texts(one.get("tags")));
            assertThat(entry.at()).isEqualTo(Vectors.text(one, "at"));
            assertThat(EntryFormat.beginning(text))
                    .contains(new Beginning(entry.tags(), entry.at(), Vectors.text(one, "snapshot"), json == null));
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsNoEntry() {
        return Vectors.tests(
                vectors.get("refused"),
                one -> assertThatThrownBy(() -> EntryFormat.of(one.asText().getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOf(IllegalArgumentException.class));
    }
}
