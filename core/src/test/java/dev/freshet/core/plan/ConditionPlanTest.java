// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.stream.Row;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates with a condition: {@code when}. */
class ConditionPlanTest {
    private final OneChange change = new OneChange("""
            freshet: 1
            entities:
              team: { table: team, id: id }
              member:
                table: member
                id: id
                references: { team: team_id }
                keys:
                  - { key: "active:{team_id}", on: [name], when: gone is null }
                  - { key: "paid:{id}", on: [status], when: status = 'paid' }
                  - { key: "of:{team.slug}:{id}", on: [name], when: "not (status = 'draft')" }
            """);

    private static Map<String, String> member(String team, String name, String status, String gone) {
        var row = new HashMap<String, String>();
        row.put("id", "1");
        row.put("team_id", team);
        row.put("name", name);
        row.put("status", status);
        row.put("gone", gone);
        return row;
    }

    private static Map<String, String> slug(String slug) {
        return Map.of("id", "7", "name", "Blue", "slug", slug);
    }

    @Test
    void aRowForWhichItIsFalseBeforeAndAfterMakesNothingStale() {
        change.exists("team", slug("b"));
        assertThat(change.update("member", member("7", "a", "draft", "now"), member("8", "b", "draft", "then")))
                .isEmpty();
        assertThat(change.insert("member", member("7", "a", "draft", "now"))).isEmpty();
        assertThat(change.delete("member", member("7", "a", "draft", "now"))).isEmpty();
    }

    @Test
    void aRowForWhichItBecomesTrueOrFalseAppearsOrDisappears() {
        change.exists("team", slug("b"));
        assertThat(change.update("member", member("7", "a", "draft", null), member("7", "a", "draft", "now")))
                .containsExactly("key active:7");
        assertThat(change.update("member", member("7", "a", "draft", "now"), member("7", "a", "draft", null)))
                .containsExactly("key active:7");
        assertThat(change.update("member", member("7", "a", "draft", null), member("7", "a", "paid", null)))
                .containsExactlyInAnyOrder("key paid:1", "key of:b:1");
        assertThat(change.update("member", member("7", "a", "paid", null), member("7", "a", "sent", null)))
                .containsExactly("key paid:1");
    }

    /** SQL's third value: the row has no key then. */
    @Test
    void unknownIsNotTrue() {
        change.exists("team", slug("b"));
        assertThat(change.insert("member", member("7", "a", null, "now"))).isEmpty();
        assertThat(change.update("member", member("7", "a", "sent", "now"), member("7", "a", null, "now")))
                .containsExactly("key of:b:1");
    }

    @Test
    void onlyTheSideForWhichItIsTrueHasAKey() {
        assertThat(change.update("member", member("7", "a", "draft", null), member("8", "a", "draft", "now")))
                .containsExactly("key active:7");
        assertThat(change.update("member", member("7", "a", "draft", "now"), member("8", "a", "draft", null)))
                .containsExactly("key active:8");
        assertThat(change.update("member", member("7", "a", "draft", null), member("8", "a", "draft", null)))
                .containsExactlyInAnyOrder("key active:7", "key active:8");
    }

    @Test
    void otherChangesOfColumnsInTheConditionMakeNothingStale() {
        assertThat(change.update("member", member("7", "a", "draft", null), member("7", "a", "open", null)))
                .doesNotContain("key active:7", "key paid:1");
    }

    @Test
    void aValueThatIsNotKnownMeansThatTheConditionMayHold() {
        Map<String, String> after = member("7", "a", Row.UNAVAILABLE, Row.UNAVAILABLE);
        assertThat(change.update("member", member("7", "a", "draft", "now"), after))
                .isEmpty();
        assertThat(change.update("member", Map.of("id", "1"), after))
                .contains("keys active:*", "key paid:1", "keys of:*:*");
        assertThat(change.delete("member", Map.of("id", "1", "team_id", "7"))).contains("key active:7", "key paid:1");
        assertThat(change.delete("member", Map.of("id", "1", "team_id", "7", "gone", "now")))
                .contains("key paid:1")
                .doesNotContain("key active:7");
    }

    @Test
    void aValueThatCannotBeComparedMeansThatTheConditionMayHold() {
        var items = new OneChange("""
                freshet: 1
                entities:
                  item:
                    table: item
                    id: id
                    keys:
                      - { key: "cheap:{id}", on: [name], when: price < 10 }
                      - { key: "dear:{id}", on: [name], when: not price < 10 }
                """);
        assertThat(items.update("item", item("a", "9.5"), item("b", "9.5"))).containsExactly("key cheap:1");
        assertThat(items.update("item", item("a", "9.5"), item("a", "8"))).isEmpty();
        assertThat(items.update("item", item("a", "9.5"), item("a", "10.0")))
                .containsExactlyInAnyOrder("key cheap:1", "key dear:1");
        assertThat(items.update("item", item("a", "NaN"), item("b", "NaN")))
                .containsExactlyInAnyOrder("key cheap:1", "key dear:1");
        assertThat(items.update("item", item("a", "9.5"), item("a", "Infinity")))
                .containsExactlyInAnyOrder("key cheap:1", "key dear:1");
    }

    private static Map<String, String> item(String name, String price) {
        return Map.of("id", "1", "name", name, "price", price);
    }

    @Test
    void aRowOfAnotherTableLeadsOnlyToRowsForWhichItIsTrue() {
        change.exists("member", member("7", "a", "draft", null));
        assertThat(change.update("team", slug("b"), slug("c"))).isEmpty();
        change.exists("member", member("7", "a", "sent", null));
        assertThat(change.update("team", slug("b"), slug("c"))).containsExactlyInAnyOrder("key of:b:1", "key of:c:1");
    }
}
