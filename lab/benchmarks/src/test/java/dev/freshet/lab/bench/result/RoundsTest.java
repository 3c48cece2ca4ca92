// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void everySubjectIsFirstInSomeRound() {
        var subjects = List.of("a", "b", "c");
        assertThat(Rounds.order(subjects, 1)).containsExactly("a", "b", "c");
        assertThat(Rounds.order(subjects, 2)).containsExactly("b", "c", "a");
        assertThat(Rounds.order(subjects, 3)).containsExactly("c", "a", "b");
        assertThat(Rounds.order(subjects, 4)).containsExactly("a", "b", "c");
    }
}
