// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final SampleHistory past = new SampleHistory();

    @Test
    void versionsOfARowMustGrow() {
        var old = new Write(1, "update", List.of(past.project), 5);
        assertThatThrownBy(() -> past.project.history().append(new RowState(old, true, null, 1)))
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
    void whatIsShownIsFoundByItsVersionAlsoBehindWhatWasRolledBack() {
        var history = past.project.history();
        past.update(1, 2, past.project);
        past.begun(3, past.project).rolledBack();
        var last = past.update(4, 5, past.project);
        var shown = Observation.shown(past.project, null, last.version());
        assertThat(history.firstMatch(shown, 0, 9)).isEqualTo(3);
        assertThat(history.firstMatch(shown, 3, 9)).isEqualTo(3);
        assertThat(history.firstMatch(shown, 0, 3)).as("begun too late").isEqualTo(-1);
        assertThat(history.since(last.version())).isEqualTo(3);
        assertThat(history.since(last.version() + 1)).isEqualTo(history.size());
        assertThat(history.since(0)).isZero();
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
