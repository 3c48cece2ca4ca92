// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final Past past = new Past();

    @Test
    void versionsOfARowMustGrow() {
        var old = new Write(1, "update", List.of(past.project), 5);
        assertThatThrownBy(() -> past.project.history().append(new Version(old, true, null, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 1");
    }

    @Test
    void latestPassesOverWhatWasRolledBack() {
        var good = past.update(1, 2, past.project);
        past.begun(3, past.project).rolledBack();
        assertThat(past.project.history().latest().write()).isSameAs(good);
    }

    @Test
    void readersSeeWholeElementsWhileItGrows() {
        var history = past.project.history();
        int count = 100_000;
        var reader = CompletableFuture.supplyAsync(() -> {
            long seen = 0;
            while (seen <= count) {
                seen = history.get(history.size() - 1).write().version();
            }
            return seen;
        });
        for (int i = 0; i < count; i++) {
            past.update(i, i, past.project);
        }
        assertThat(reader.join()).isEqualTo(count + 1);
    }
}
