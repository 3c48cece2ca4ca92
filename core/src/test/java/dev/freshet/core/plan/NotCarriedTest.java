// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.rows.LookUpException;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Lsn;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A row that lacks a column evicts more, and never ends the run. */
class NotCarriedTest {
    private static final TableName ITEM = new TableName("public", "item");
    private static final Planner PLANNER = new Planner(MappingParser.parse("test.yaml", new StringReader("""
            freshet: 1
            tags: true
            entities:
              shelf: { table: shelf, id: id, isolate: owner }
              item:
                table: item
                id: id
                references: { shelf: shelf_id }
                parent: shelf
                isolate: owner
                listed: [ name ]
                ignored: [ seen ]
                keys:
                  - "item:{id}"
                  - "item:{id}:{slug}"
                  - { key: "names:{id}", on: [ name ] }
                  - { key: "seen:{id}", on: [ seen ] }
            """)));

    private final Relations nothing = (table, columns, tuples, found) -> {};

    @Test
    void aColumnThatAKeyNeedsMeansThePattern() {
        Map<String, String> row = Map.of("id", "1", "owner", "o", "shelf_id", "2", "name", "a", "seen", "1");
        assertThat(plan(new RowChange(ITEM, Operation.UPDATE, row(row, "slug"), row(row, "slug"), origin())))
                .containsExactlyInAnyOrder("key item:1", "keys item:*:*", "tag o item:1");
    }

    @Test
    void aColumnThatDecidesWhetherAnythingChangedCountsAsChanged() {
        assertThat(update(
                        Map.of("id", "1", "owner", "o", "shelf_id", "2", "slug", "s", "seen", "1"),
                        Map.of("id", "1", "owner", "o", "shelf_id", "2", "slug", "s", "seen", "1")))
                .contains("key names:1", "tag o shelf:2/item")
                .doesNotContain("key seen:1");
        assertThat(update(
                        Map.of("id", "1", "owner", "o", "shelf_id", "2", "slug", "s", "name", "a", "seen", "1"),
                        Map.of("id", "1", "owner", "o", "shelf_id", "2", "slug", "s", "seen", "1")))
                .contains("key names:1", "tag o shelf:2/item");
    }

    /** As of a column that was renamed in the middle of a transaction. */
    @Test
    void aColumnThatOneImageLacksCountsAsChangedAlsoWhereItIsNullInTheOther() {
        Map<String, String> lacking = Map.of("id", "1", "owner", "o", "shelf_id", "2", "slug", "s", "seen", "1");
        var withNull = new HashMap<>(lacking);
        withNull.put("name", null);
        assertThat(update(withNull, withNull)).isEmpty();
        assertThat(update(withNull, lacking)).contains("key names:1", "tag o shelf:2/item");
        assertThat(update(lacking, withNull)).contains("key names:1", "tag o shelf:2/item");
    }

    /** As a generated column is not: nothing that the stream carries tells that it changed. */
    @Test
    void aColumnThatTheMappingDoesNotNameCountsAsChangedWhereEveryColumnMatters() {
        Map<String, String> row =
                Map.of("id", "1", "owner", "o", "shelf_id", "2", "slug", "s", "name", "a", "seen", "1");
        assertThat(update(row, row)).isEmpty();
        assertThat(plan(new RowChange(ITEM, Operation.UPDATE, row(row, "generated"), row(row, "generated"), origin())))
                .containsExactlyInAnyOrder("key item:1", "key item:1:s", "tag o item:1");
        assertThat(plan(new RowChange(ITEM, Operation.UPDATE, row(row, "seen"), row(row, "seen"), origin())))
                .isEmpty();
    }

    @Test
    void anImageWithoutTheIdMeansAllOfTheEntity() {
        Map<String, String> row = Map.of("nr", "1", "owner", "o");
        for (Operation operation : List.of(Operation.CREATE, Operation.UPDATE, Operation.DELETE)) {
            Row before = operation == Operation.CREATE ? null : new Row(row);
            Row after = operation == Operation.DELETE ? null : new Row(row);
            assertThat(plan(new RowChange(ITEM, operation, before, after, origin())))
                    .contains("keys item:*", "keys item:*:*", "keys names:*", "tags item:*", "tags shelf:*/item");
        }
    }

    @Test
    void whoseARowIsNotToldMeansEveryone() {
        assertThat(plan(new RowChange(ITEM, Operation.CREATE, null, new Row(Map.of("id", "1")), origin())))
                .contains("tags item:1", "tags shelf:*/item", "keys item:*:*", "key item:1");
    }

    @Test
    void anEmptyImageIsNoError() {
        assertThat(plan(new RowChange(ITEM, Operation.UPDATE, new Row(Map.of()), new Row(Map.of()), origin())))
                .contains("keys item:*");
    }

    /** As of a number that the column it points at cannot hold. */
    @Test
    void aLookUpThatIsRefusedMeansThePattern() {
        var planner = new Planner(MappingParser.parse("test.yaml", new StringReader("""
                freshet: 1
                entities:
                  shelf: { table: shelf, id: id }
                  item: { table: item, id: id, references: { shelf: shelf_id }, keys: [ "on:{shelf.name}:{id}", "item:{id}" ] }
                """)));
        var evictions = new ArrayList<String>();
        planner.begin((table, columns, tuples, found) -> {
                    throw new LookUpException(new IllegalStateException());
                })
                .plan(
                        List.of(new RowChange(
                                ITEM,
                                Operation.CREATE,
                                null,
                                new Row(Map.of("id", "1", "shelf_id", "9999999999")),
                                origin())),
                        eviction -> evictions.add(
                                eviction instanceof Eviction.OfKeys keys
                                        ? keys.glob()
                                        : ((Eviction.OfKey) eviction).key()));
        assertThat(evictions).containsExactlyInAnyOrder("on:*:*", "item:1");
    }

    private List<String> update(Map<String, String> before, Map<String, String> after) {
        return plan(new RowChange(ITEM, Operation.UPDATE, new Row(before), new Row(after), origin()));
    }

    private static Row row(Map<String, String> values, String missing) {
        return Row.of(
                Header.of(values.keySet(), Set.of(missing)), values.values().toArray(String[]::new));
    }

    private static Origin origin() {
        return new Origin(1, new Lsn(1), Instant.EPOCH);
    }

    private List<String> plan(RowChange change) {
        var evictions = new ArrayList<String>();
        PLANNER.begin(nothing).plan(List.of(change), eviction -> {
            if (eviction instanceof Eviction.OfKey key) {
                evictions.add("key " + key.key());
            } else if (eviction instanceof Eviction.OfKeys keys) {
                evictions.add("keys " + keys.glob());
            } else if (eviction instanceof Eviction.OfTag tag) {
                evictions.add("tag " + tag.isolate().value() + " " + tag.tag().name());
            } else if (eviction instanceof Eviction.OfTags tags) {
                evictions.add("tags " + tags.glob());
            }
        });
        return evictions.stream().distinct().toList();
    }
}
