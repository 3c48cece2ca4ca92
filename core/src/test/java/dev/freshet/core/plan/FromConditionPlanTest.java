// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.stream.Row;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of {@code from} with a condition. */
class FromConditionPlanTest {
    private final OneChange change = new OneChange("""
            freshet: 1
            entities:
              file:
                table: file
                id: id
                keys:
                  - key: "tags:{id}"
                    on: []
                    from: { file_tag: { on: [tag], when: deleted_at is null } }
                  - key: "owners:{id}"
                    on: []
                    from:
                      file_tag: { on: [tag], when: deleted_at is null }
                      file_tag.person: [name]
              person: { table: person, id: id }
              file_tag:
                table: file_tag
                id: id
                references: { file: file_id, person: person_id }
            """);

    @BeforeEach
    void files() {
        change.exists("file", Map.of("id", "7"));
        change.exists("file", Map.of("id", "8"));
    }

    private static Map<String, String> tag(String file, String tag, String deleted) {
        var row = new HashMap<String, String>();
        row.put("id", "1");
        row.put("file_id", file);
        row.put("person_id", null);
        row.put("tag", tag);
        row.put("deleted_at", deleted);
        return row;
    }

    @Test
    void aRowForWhichItIsFalseBeforeAndAfterMakesNothingStale() {
        assertThat(change.update("file_tag", tag("7", "a", "now"), tag("7", "b", "then")))
                .isEmpty();
        assertThat(change.insert("file_tag", tag("7", "a", "now"))).doesNotContain("key tags:7");
        assertThat(change.delete("file_tag", tag("7", "a", "now"))).doesNotContain("key tags:7");
        assertThat(change.update("file_tag", tag("7", "a", "now"), tag("8", "a", "now")))
                .doesNotContain("key tags:7", "key tags:8");
    }

    @Test
    void aRowForWhichItBecomesTrueOrFalseAppearsOrDisappears() {
        assertThat(change.update("file_tag", tag("7", "a", null), tag("7", "a", "now")))
                .containsExactlyInAnyOrder("key tags:7", "key owners:7");
        assertThat(change.update("file_tag", tag("7", "a", "now"), tag("7", "a", null)))
                .containsExactlyInAnyOrder("key tags:7", "key owners:7");
    }

    @Test
    void aChangeOfARowThatMeetsItCountsAsWithoutIt() {
        assertThat(change.update("file_tag", tag("7", "a", null), tag("7", "b", null)))
                .containsExactlyInAnyOrder("key tags:7", "key owners:7");
        assertThat(change.insert("file_tag", tag("7", "a", null))).contains("key tags:7");
        assertThat(change.delete("file_tag", tag("7", "a", null))).contains("key tags:7");
    }

    @Test
    void aRowThatMovesCountsOnTheSideOnWhichItMeetsTheCondition() {
        assertThat(change.update("file_tag", tag("7", "a", null), tag("8", "a", null)))
                .contains("key tags:7", "key tags:8");
        assertThat(change.update("file_tag", tag("7", "a", null), tag("8", "a", "now")))
                .contains("key tags:7")
                .doesNotContain("key tags:8");
        assertThat(change.update("file_tag", tag("7", "a", "now"), tag("8", "a", null)))
                .contains("key tags:8")
                .doesNotContain("key tags:7");
    }

    @Test
    void aRowFromWhichAnotherPathGoesOnIsOnThatPathWhateverItHolds() {
        assertThat(change.update("file_tag", tag("7", "a", "now"), tag("8", "a", "now")))
                .containsExactlyInAnyOrder("key owners:7", "key owners:8");
        assertThat(change.insert("file_tag", tag("7", "a", "now"))).containsExactly("key owners:7");
    }

    @Test
    void aValueThatIsNotKnownMeansThatTheConditionMayHold() {
        assertThat(change.delete("file_tag", Map.of("id", "1", "file_id", "7"))).contains("key tags:7");
        assertThat(change.delete("file_tag", Map.of("id", "1", "file_id", "7", "deleted_at", "now")))
                .doesNotContain("key tags:7");
        assertThat(change.delete("file_tag", Map.of("id", "1"))).contains("keys tags:*");
        assertThat(change.update("file_tag", Map.of("id", "1", "file_id", "7"), tag("7", "a", Row.UNAVAILABLE)))
                .contains("key tags:7");
    }

    @Test
    void aStepThatRepeatsPassesThroughRowsThatDoNotCount() {
        var tree = new OneChange("""
                freshet: 1
                entities:
                  folder:
                    table: folder
                    id: id
                    references: { up: { entity: folder, columns: up } }
                    keys:
                      - { key: "size:{id}", on: [], from: { "folder(up)+": { on: [bytes], when: gone is null } } }
                """);
        tree.exists("folder", folder("1", null, "5", null));
        tree.exists("folder", folder("2", "1", "5", "now"));
        tree.exists("folder", folder("3", "2", "5", null));
        assertThat(tree.update("folder", folder("2", "1", "5", "now"), folder("2", "1", "6", "now")))
                .isEmpty();
        assertThat(tree.update("folder", folder("3", "2", "5", null), folder("3", "2", "6", null)))
                .containsExactlyInAnyOrder("key size:2", "key size:1");
        assertThat(tree.update("folder", folder("3", "2", "5", null), folder("3", "2", "5", "now")))
                .containsExactlyInAnyOrder("key size:2", "key size:1");
        tree.exists("folder", folder("2", null, "5", "now"));
        assertThat(tree.update("folder", folder("2", "1", "5", "now"), folder("2", null, "5", "now")))
                .contains("key size:1");
    }

    private static Map<String, String> folder(String id, String up, String bytes, String gone) {
        var row = new HashMap<String, String>();
        row.put("id", id);
        row.put("up", up);
        row.put("bytes", bytes);
        row.put("gone", gone);
        return row;
    }
}
