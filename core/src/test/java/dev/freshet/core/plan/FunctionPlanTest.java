// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.stream.Row;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys with functions of columns in them. */
class FunctionPlanTest {
    private final OneChange change = new OneChange("""
            freshet: 1
            entities:
              team: { table: team, id: id, keys: [ "team:{lower(name)}" ] }
              member:
                table: member
                id: id
                references: { team: team_id }
                keys:
                  - "email:{lower(email)}"
                  - "month:{team_id}:{format(joined, 'YYYY-MM', 'Europe/Berlin')}"
                  - { key: "team:{lower(team.name)}:{left(email, 1)}", on: [] }
            """);

    private static Map<String, String> member(String email, String joined) {
        return Map.of("id", "1", "team_id", "7", "email", email, "joined", joined);
    }

    @Test
    void theKeysOfTheOldAndOfTheNewValueAreEvicted() {
        change.exists("team", Map.of("id", "7", "name", "BLUE"));
        assertThat(change.update(
                        "member", member("Ada@x", "2024-12-31 23:30:00+00"), member("Bob@x", "2024-12-31 22:30:00+00")))
                .containsExactlyInAnyOrder(
                        "key email:ada@x",
                        "key email:bob@x",
                        "key month:7:2025-01",
                        "key month:7:2024-12",
                        "key team:blue:A",
                        "key team:blue:B");
    }

    @Test
    void everySpellingThatProgramsMayUseIsEvicted() {
        assertThat(change.insert("team", Map.of("id", "7", "name", "ÉA"))).contains("key team:éa", "key team:Éa");
    }

    @Test
    void nullMakesNoKey() {
        var row = new java.util.HashMap<>(member("Ada@x", "infinity"));
        row.put("email", null);
        row.put("joined", null);
        assertThat(change.insert("member", row)).isEmpty();
        row.put("joined", "infinity");
        row.put("team_id", null);
        assertThat(change.insert("member", row)).isEmpty();
    }

    @Test
    void aTextInPlaceOfNullMakesAKeyUnlessAPathLeadsNowhere() {
        var mails = new OneChange("""
                freshet: 1
                entities:
                  team: { table: team, id: id }
                  member:
                    table: member
                    id: id
                    references: { team: team_id }
                    keys: [ "by:{lower(coalesce(email, 'NONE'))}", "of:{coalesce(team.name, 'none')}:{id}" ]
                """);
        var team = new java.util.HashMap<String, String>();
        team.put("id", "7");
        team.put("name", null);
        mails.exists("team", team);
        var row = new java.util.HashMap<>(member("Ada@x", "x"));
        row.put("email", null);
        assertThat(mails.insert("member", row)).containsExactlyInAnyOrder("key by:none", "key of:none:1");
        assertThat(mails.update("member", row, member("Ada@x", "x")))
                .containsExactlyInAnyOrder("key by:none", "key by:ada@x", "key of:none:1");
        row.put("team_id", "8");
        assertThat(mails.insert("member", row)).containsExactly("key by:none");
    }

    @Test
    void whatCannotBeToldMeansThePatternAndNothingElse() {
        for (String odd : java.util.List.of("infinity", "0044-03-15 10:00:00+00 BC", "1714979289000000")) {
            assertThat(change.insert("member", member("Ada@x", odd)))
                    .containsExactlyInAnyOrder("key email:ada@x", "keys month:*:*");
        }
        assertThat(change.update("member", member("Ada@x", "2024-01-01 00:00:00+00"), member("Ada@x", "infinity")))
                .contains("key month:7:2024-01", "keys month:*:*");
    }

    /** As of a long text that is stored outside of the row and did not change. */
    @Test
    void aValueThatWasNotShippedIsTakenFromTheOldImageOrMeansThePattern() {
        Map<String, String> before = member("Ada@x", "2024-01-01 00:00:00+00");
        var after = new java.util.HashMap<>(before);
        after.put("email", Row.UNAVAILABLE);
        after.put("joined", "2024-02-01 00:00:00+00");
        assertThat(change.update("member", before, after)).contains("key email:ada@x", "key month:7:2024-02");
        assertThat(change.update("member", Map.of("id", "1"), after)).contains("keys email:*", "keys month:*:*");
        assertThat(change.delete("member", Map.of("id", "1"))).contains("keys email:*", "keys month:*:*");
    }
}
