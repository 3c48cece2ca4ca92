// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Header HEADER = Header.of(List.of("id", "name"));

    @Test
    void aTextThatReadsLikeTheSignForAValueThatWasLeftOutIsAValue() {
        Row leftOut = new Row(Map.of("id", "1")).project(HEADER);
        Row text = Row.of(HEADER, "1", "(unavailable)");
        assertThat(leftOut).isNotEqualTo(text);
        assertThat(text).isNotEqualTo(leftOut);
        assertThat(leftOut).isEqualTo(new Row(Map.of("id", "1")).project(HEADER));
        assertThat(text).isEqualTo(Row.of(HEADER, "1", "(unavailable)"));
    }
}
