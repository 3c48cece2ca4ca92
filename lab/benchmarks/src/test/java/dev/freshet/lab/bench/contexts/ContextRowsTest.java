// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.contexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContextRowsTest {
    private final ContextRows rows = new ContextRows(20);

    @Test
    void firstHalfBelongsToOneUserAndEveryTenOfTheOthersToAnother() {
        assertThat(IntStream.rangeClosed(1, 20).map(rows::owner)).containsOnly(1);
        assertThat(IntStream.rangeClosed(21, 40).map(rows::owner))
                .startsWith(2, 2)
                .endsWith(3, 3)
                .hasSize(20)
                .containsOnly(2, 3);
        assertThat(rows.firstTask(false)).isEqualTo(1);
        assertThat(rows.firstTask(true)).isEqualTo(21);
    }

    @Test
    void numberOfTasksIsAMultipleOfTen() {
        assertThatThrownBy(() -> new ContextRows(15)).hasMessage("15 tasks, expected a positive multiple of 10");
    }

    /** What the database holds is what the numbers say. */
    @Test
    void everyTaskIsInTheDatabaseWithItsUser() throws SQLException {
        var shared = SharedWorld.get();
        try (var database = shared.contexts.copy();
                var connection = database.connect();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery("SELECT id, user_id, branch_id FROM freshet.task_context ORDER BY id")) {
            int task = 0;
            while (row.next()) {
                task++;
                assertThat(row.getInt(1)).isEqualTo(task);
                assertThat(row.getString(2)).isEqualTo(shared.contexts.rows().user(task));
                assertThat(row.getInt(3)).isEqualTo(shared.contexts.rows().owner(task));
            }
            assertThat(task).isEqualTo(2 * SharedWorld.TASKS);
        }
    }
}
