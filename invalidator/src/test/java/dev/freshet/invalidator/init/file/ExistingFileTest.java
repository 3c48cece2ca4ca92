// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.DraftReference;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("memory")
class ExistingFileTest {
    private static final String HAND = """
            # mine
            freshet: 1
            entities:
                org: { table: org, id: org_id,   keys: [ 'org:{org_id}' ] }   # as I like it

                member:
                    table: member
                    id: id
                    keys:
                        - "profile:{id}"    # do not touch
                    # trailing thought
            tags: false   # last
            """;
    private static final DraftEntity NEW = new DraftEntity(
            "badge",
            Optional.empty(),
            TableName.of("badge"),
            List.of("id"),
            Optional.empty(),
            List.of(new DraftReference("member", "member", List.of("member_id"), List.of("id"), true)),
            List.of(),
            List.of(),
            List.of());

    private static Notes notes(String... seen) {
        return new Notes(
                Map.of(),
                Set.copyOf(java.util.Arrays.stream(seen).map(TableName::of).toList()));
    }

    @Test
    void addsBehindTheLastEntityAndKeepsEveryOtherByte() {
        String text = ExistingFile.of("m.yaml", HAND)
                .with(List.of(NEW), Map.of(), notes("org"))
                .orElseThrow();
        assertThat(text)
                .contains("# do not touch\n        # trailing thought\n\n    badge:\n      table: badge\n      id: id\n"
                        + "      references:\n        member: member_id\n");
        assertThat(text.replaceFirst("(?s)\n\n    badge:.*?member: member_id", ""))
                .startsWith(HAND.stripTrailing());
        assertThat(MappingParser.parse("m.yaml", new StringReader(text)).entities())
                .hasSize(3);
    }

    @Test
    void addsReferencesWhereverTheyStand() {
        String text = """
                freshet: 1
                entities:
                  a: { table: a, id: id }    # braces
                  b:
                    table: b
                    id: [id,
                         no]    # two
                    keys: [ "b:{id}:{no}" ]
                  c:
                    table: c
                    references:
                      # mine
                      a: a_id
                    id: id
                  d:
                    table: d
                    id: id
                    references: { a: a_id }
                  e:
                    table: e
                    id: id
                    references: {}
                """;
        var badge = new DraftReference("badge", "badge", List.of("badge_id"), List.of("id"), true);
        var second = new DraftReference("second", "badge", List.of("x y"), List.of("id"), true);
        var badgeAlone = new DraftEntity(
                "badge",
                Optional.empty(),
                TableName.of("badge"),
                List.of("id"),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        String grown = ExistingFile.of("m.yaml", text)
                .with(
                        List.of(badgeAlone),
                        Map.of(
                                "a", List.of(badge),
                                "b", List.of(badge, second),
                                "c", List.of(badge),
                                "d", List.of(badge, second),
                                "e", List.of(badge)),
                        notes())
                .orElseThrow();
        assertThat(grown).startsWith("""
                freshet: 1
                entities:
                  a: { table: a, id: id, references: { badge: badge_id } }    # braces
                  b:
                    table: b
                    id: [id,
                         no]    # two
                    references:
                      badge: badge_id
                      second: { entity: badge, columns: "x y" }
                    keys: [ "b:{id}:{no}" ]
                  c:
                    table: c
                    references:
                      # mine
                      a: a_id
                      badge: badge_id
                    id: id
                  d:
                    table: d
                    id: id
                    references: { a: a_id, badge: badge_id, second: { entity: badge, columns: "x y" } }
                  e:
                    table: e
                    id: id
                    references: { badge: badge_id }

                  badge:
                """);
    }

    @Test
    void referenceThatMakesAPathAmbiguousIsNotAdded() {
        String text = """
                freshet: 1
                entities:
                  a:
                    table: a
                    id: id
                    keys: [ "a:{b.id}" ]
                  b:
                    table: b
                    id: id
                    references: { a: a_id }
                """;
        var other = new DraftReference("other", "a", List.of("other_id"), List.of("id"), true);
        assertThat(ExistingFile.of("m.yaml", text).with(List.of(), Map.of("b", List.of(other)), notes()))
                .isEmpty();
    }

    @Test
    void ownNotesAreReplacedAndNothingElse() {
        String once = ExistingFile.of("m.yaml", HAND)
                .with(List.of(), Map.of(), notes("org", "x.odd name"))
                .orElseThrow();
        var again = ExistingFile.of("m.yaml", once);
        assertThat(again.seen()).contains(TableName.of("x.odd name"), TableName.of("member"));
        assertThat(again.declined()).containsExactly(TableName.of("x.odd name"));
        assertThat(again.with(List.of(), Map.of(), notes("org", "x.odd name"))).contains(once);
        assertThat(again.with(List.of(), Map.of(), notes("org")).orElseThrow())
                .startsWith(HAND.stripTrailing())
                .doesNotContain("odd");
    }

    @Test
    void textThatSomebodyWroteBetweenTheNotesStays() {
        String once = ExistingFile.of("m.yaml", HAND)
                .with(List.of(), Map.of(), notes("org"))
                .orElseThrow();
        String edited = once.replace(Notes.LAST, "namespace: mine\n" + Notes.LAST);
        assertThat(ExistingFile.of("m.yaml", edited)
                        .with(List.of(), Map.of(), notes("org"))
                        .orElseThrow())
                .contains("namespace: mine");
    }

    @Test
    void linesKeepTheirEnds() {
        String text = ExistingFile.of("m.yaml", HAND.replace("\n", "\r\n"))
                .with(List.of(NEW), Map.of(), notes())
                .orElseThrow();
        assertThat(text.replace("\r\n", "")).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freshet: 1\nentities: { org: { table: org, id: org_id } }\n",
                "{ freshet: 1, entities: { org: { table: org, id: org_id } } }\n",
            })
    void nothingIsAddedToEntitiesInBraces(String text) {
        var file = ExistingFile.of("m.yaml", text);
        assertThat(file.with(List.of(NEW), Map.of(), notes())).isEmpty();
        assertThat(file.with(List.of(), Map.of(), notes()).orElseThrow()).startsWith(text.stripTrailing());
    }

    @Test
    void nothingIsAddedThatWouldNotBeValid() {
        String text = "freshet: 1\nentities:\n  org:\n    table: org\n    id: org_id\n";
        assertThat(ExistingFile.of("m.yaml", text).with(List.of(NEW), Map.of(), notes()))
                .isEmpty();
    }

    @Test
    void invalidFileIsRefused() {
        assertThatThrownBy(() -> ExistingFile.of("m.yaml", "freshet: 2\n")).isInstanceOf(MappingException.class);
    }
}
