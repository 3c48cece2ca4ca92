// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.race.world.Change;
import dev.freshet.lab.race.world.World;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is drawn must be possible: else the histories tell of rows that the database does not have. */
class IntentGeneratorTest {
    private final World world = new World(16);
    private final IntentGenerator intents = new IntentGenerator(world, new Random(7));

    private void carryOut(Intent intent) {
        if (intent != null) {
            var write = world.begin(intent.what(), intent.changes());
            if (intent.how() == Intent.How.ROLLBACK) {
                write.rolledBack();
            } else {
                write.committed(write.version(), write.version());
            }
        }
    }

    @Test
    void nothingExistsWithoutItsParent() {
        var kinds = new HashSet<String>();
        for (int i = 0; i < 5_000; i++) {
            var intent = i % 500 == 499
                    ? intents.truncate(i % 1000 == 999)
                    : intents.several(world.trees().get(i % world.trees().size()));
            carryOut(intent);
            if (intent != null) {
                kinds.add(intent.what());
            }
            for (var row : world.rows()) {
                var state = row.history().latest();
                if (state.present() && state.parent() != null) {
                    assertThat(state.parent().history().latest().present())
                            .as("%s after %s", row, intent)
                            .isTrue();
                }
            }
        }
        assertThat(kinds)
                .contains("all levels", "rollback", "move task", "move branch", "delete task", "delete branch")
                .contains("delete project", "bulk update", "replace task", "insert", "truncate tasks", "truncate all");
    }

    @Test
    void aTransactionTouchesARowOnce() {
        for (int i = 0; i < 2_000; i++) {
            var intent = intents.several(world.trees().get(0));
            if (intent != null) {
                assertThat(intent.changes().stream().map(Change::row)).doesNotHaveDuplicates();
            }
            carryOut(intent);
        }
    }
}
