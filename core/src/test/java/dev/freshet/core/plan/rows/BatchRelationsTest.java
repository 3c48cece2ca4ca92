// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.World;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchRelationsTest {
    private static final TableName ITEM = new TableName("public", "item");
    private static final List<String> OWNER = List.of("owner");

    private final List<List<List<String>>> asked = new ArrayList<>();
    private final List<Map<String, String>> table = new ArrayList<>();
    private final BatchRelations relations = new BatchRelations((name, columns, tuples, found) -> {
        asked.add(tuples);
        for (Map<String, String> row : List.copyOf(table)) {
            int tuple = tuples.indexOf(World.values(row, columns));
            if (tuple >= 0) {
                found.row(tuple, new Row(row));
            }
        }
    });

    @Test
    void anAnswerServesTheWholeBatch() {
        put("1", "a");
        assertThat(find("a", "none")).containsExactly("a:1");
        assertThat(find("none", "a")).containsExactly("a:1");
        assertThat(asked).containsExactly(List.of(List.of("a"), List.of("none")));
    }

    @Test
    void onlyWhatIsNotKnownIsAsked() {
        put("1", "a");
        put("2", "b");
        find("a");
        assertThat(find("b", "a", "c")).containsExactlyInAnyOrder("a:1", "b:2");
        assertThat(asked).containsExactly(List.of(List.of("a")), List.of(List.of("b"), List.of("c")));
    }

    @Test
    void theNextBatchAsksAnew() {
        find("a");
        put("1", "a");
        relations.forget();
        assertThat(find("a")).containsExactly("a:1");
    }

    @Test
    void anAnswerThatIsTooLongIsHandedOnAndNotKept() {
        IntStream.rangeClosed(0, BatchRelations.LONGEST).forEach(id -> put(String.valueOf(id), "a"));
        assertThat(find("a")).hasSize(BatchRelations.LONGEST + 1).doesNotHaveDuplicates();
        assertThat(find("a")).hasSize(BatchRelations.LONGEST + 1);
        assertThat(asked).hasSize(2);
        table.remove(0);
        find("a");
        assertThat(find("a")).hasSize(BatchRelations.LONGEST);
        assertThat(asked).hasSize(3);
    }

    @Test
    void itKeepsNoMoreThanItsCapacity() {
        IntStream.rangeClosed(0, BatchRelations.CAPACITY).forEach(owner -> find("x" + owner));
        asked.clear();
        find("x0");
        assertThat(asked).isEmpty();
        find("x" + BatchRelations.CAPACITY);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aLookUpFromWithinALookUpIsAnswered() {
        put("1", "a");
        put("2", "b");
        var within = new ArrayList<String>();
        relations.find(ITEM, OWNER, List.of(List.of("a")), (tuple, row) -> within.addAll(find("b", "a")));
        assertThat(within).containsExactlyInAnyOrder("a:1", "b:2");
        assertThat(find("a", "b")).containsExactly("a:1", "b:2");
    }

    private void put(String id, String owner) {
        table.add(Map.of("id", id, "owner", owner));
    }

    private List<String> find(String... owners) {
        List<List<String>> tuples = IntStream.range(0, owners.length)
                .mapToObj(i -> List.of(owners[i]))
                .toList();
        var found = new ArrayList<String>();
        relations.find(ITEM, OWNER, tuples, (tuple, row) -> found.add(owners[tuple] + ":" + row.get("id")));
        return found;
    }
}
