// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HintTest {
    private static final List<String> KNOWN = List.of("task", "branch", "project");

    @Test
    void theNearestWordIsMeant() {
        assertThat(Hint.nearest("brnach", KNOWN)).contains("branch");
        assertThat(Hint.nearest("Projekt", KNOWN)).contains("project");
        assertThat(Hint.nearest("cat", KNOWN)).isEmpty();
        assertThat(Hint.nearest("t", KNOWN)).isEmpty();
    }

    /** Anybody may send one, as the path of a request. Compared letter by letter it would take more memory than there is. */
    @Test
    void aVeryLongWordIsNotCompared() {
        assertThat(Hint.nearest("x".repeat(10_000_000), List.of("y".repeat(10_000_000))))
                .isEmpty();
    }
}
