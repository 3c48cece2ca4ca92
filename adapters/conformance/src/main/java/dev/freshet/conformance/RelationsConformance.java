// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What each implementation of {@link Relations} must do. Extend it, and give it two tables, empty before each test: {@link
 * #PLACE} with the columns {@code a} (an integer) and {@code b} (a text), the key, and {@code name} (a text); {@link #PART} with
 * {@code id} (an integer, the key), {@code a} and {@code b}.
 */
public abstract class RelationsConformance {
    protected static final TableName PLACE = new TableName("shop", "place");
    protected static final TableName PART = new TableName("shop", "part");

    /** The mapping whose rows are looked up. */
    protected static final Mapping MAPPING = parse("""
            freshet: 1
            entities:
              place: { table: shop.place, id: [a, b], keys: [ { key: "part:{part.id}", on: [name] } ] }
              part: { table: shop.part, id: id, references: { place: [a, b] }, keys: [ "place:{place.name}" ] }
            """);

    private static final List<String> PLACE_ID = List.of("a", "b");

    /** The instance under test, which shows the rows as they are now. */
    protected abstract Relations relations() throws Exception;

    /** Inserts rows. */
    protected abstract void insert(TableName table, List<Map<String, String>> rows) throws Exception;

    /** Changes some columns of a row. */
    protected abstract void update(TableName table, Map<String, String> key, Map<String, String> changed)
            throws Exception;

    /** Deletes a row. */
    protected abstract void delete(TableName table, Map<String, String> key) throws Exception;

    protected static Mapping parse(String yaml) {
        return MappingParser.parse("conformance.yaml", new StringReader(yaml));
    }

    @Test
    protected void aRowIsFoundByItsId() throws Exception {
        insert(PART, part(1, "3", "b4"));
        insert(PART, part(2, "3", "b4"));
        assertThat(find(PART, List.of("id"), List.of("2")))
                .extracting(row -> row.get("id"))
                .containsExactly("2");
    }

    @Test
    protected void aRowHasAllThatPlanningReads() throws Exception {
        insert(PLACE, place(1, "x", null));
        insert(PART, part(1, "3", null));
        for (TableName table : List.of(PLACE, PART)) {
            List<String> read = new Planner(MAPPING).reads().get(table).columns();
            List<String> id = table.equals(PLACE) ? PLACE_ID : List.of("id");
            List<String> tuple = table.equals(PLACE) ? List.of("1", "x") : List.of("1");
            Row row = find(table, id, tuple).get(0);
            assertThat(read).allMatch(row::knows);
        }
        assertThat(find(PART, List.of("id"), List.of("1")).get(0).get("b")).isNull();
    }

    @Test
    protected void tuplesMatchRowByRow() throws Exception {
        insert(PLACE, place(1, "b2", "one"));
        insert(PLACE, place(9, "b0", "nine"));
        insert(PLACE, place(1, "b0", "neither"));
        Map<Integer, String> found = new LinkedHashMap<>();
        relations()
                .find(
                        PLACE,
                        PLACE_ID,
                        List.of(List.of("1", "b2"), List.of("1", "zz"), List.of("9", "b0")),
                        (tuple, row) -> found.put(tuple, row.get("name")));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(Map.of(0, "one", 2, "nine"));
    }

    @Test
    protected void everyRowOfATupleIsFound() throws Exception {
        insertParts(2500);
        assertThat(find(PART, PLACE_ID, List.of("3", "b4")))
                .extracting(row -> row.get("id"))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 2500)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    protected void manyTuplesAreFoundAtOnce() throws Exception {
        insert(
                PLACE,
                IntStream.range(0, 1500).mapToObj(a -> place(a, "b", "name")).toList());
        List<List<String>> tuples = IntStream.range(0, 3000)
                .mapToObj(a -> List.of(Integer.toString(a), "b"))
                .toList();
        Map<Integer, String> found = new LinkedHashMap<>();
        relations().find(PLACE, PLACE_ID, tuples, (tuple, row) -> found.put(tuple, row.get("a")));
        assertThat(found).hasSize(1500).allSatisfy((tuple, a) -> assertThat(a).isEqualTo(Integer.toString(tuple)));
    }

    @Test
    protected void whatIsNotThereIsNotFound() throws Exception {
        insert(PART, part(1, "3", null));
        assertThat(find(PART, List.of("id"), List.of("2"))).isEmpty();
        assertThat(find(PART, PLACE_ID, List.of("3", "")))
                .as("a null equals nothing")
                .isEmpty();
        assertThat(find(PART, PLACE_ID, List.of("3", "null"))).isEmpty();
    }

    @Test
    protected void withoutTuplesNothingIsFound() throws Exception {
        insert(PART, part(1, "3", "b4"));
        relations().find(PART, List.of("id"), List.of(), (tuple, row) -> {
            throw new AssertionError("found " + row);
        });
    }

    @Test
    protected void rowsAreFoundAsTheyAreNow() throws Exception {
        insert(PART, part(1, "3", "b4"));
        assertThat(find(PART, PLACE_ID, List.of("3", "b4"))).hasSize(1);
        update(PART, Map.of("id", "1"), Map.of("b", "b5"));
        assertThat(find(PART, PLACE_ID, List.of("3", "b4"))).isEmpty();
        assertThat(find(PART, PLACE_ID, List.of("3", "b5"))).hasSize(1);
        delete(PART, Map.of("id", "1"));
        assertThat(find(PART, PLACE_ID, List.of("3", "b5"))).isEmpty();
    }

    @Test
    protected void oneLookUpMayMakeAnother() throws Exception {
        insert(PLACE, place(3, "b4", "here"));
        insertParts(1500);
        Relations relations = relations();
        List<String> names = new ArrayList<>();
        relations.find(
                PART,
                PLACE_ID,
                List.of(List.of("3", "b4")),
                (tuple, part) -> relations.find(
                        PLACE,
                        PLACE_ID,
                        List.of(List.of(part.get("a"), part.get("b"))),
                        (other, place) -> names.add(place.get("name"))));
        assertThat(names).hasSize(1500).containsOnly("here");
    }

    @Test
    protected void aConsumerThatFailsIsHeardAndBreaksNoLaterLookUp() throws Exception {
        insert(PART, part(1, "3", "b4"));
        Relations relations = relations();
        assertThatThrownBy(() -> relations.find(PART, List.of("id"), List.of(List.of("1")), (tuple, row) -> {
                    throw new IllegalStateException("no room");
                }))
                .hasMessage("no room");
        List<Row> rows = new ArrayList<>();
        relations.find(PART, List.of("id"), List.of(List.of("1")), (tuple, row) -> rows.add(row));
        assertThat(rows).hasSize(1);
    }

    private void insert(TableName table, Map<String, String> row) throws Exception {
        insert(table, List.of(row));
    }

    private void insertParts(int count) throws Exception {
        insert(
                PART,
                IntStream.rangeClosed(1, count)
                        .mapToObj(id -> part(id, "3", "b4"))
                        .toList());
    }

    private List<Row> find(TableName table, List<String> columns, List<String> tuple) throws Exception {
        List<Row> rows = new ArrayList<>();
        relations().find(table, columns, List.of(tuple), (index, row) -> {
            assertThat(index).isZero();
            rows.add(row);
        });
        return rows;
    }

    /** A row of {@link #PLACE}. */
    protected static Map<String, String> place(int a, String b, String name) {
        return row("a", Integer.toString(a), "b", b, "name", name);
    }

    /** A row of {@link #PART}. */
    protected static Map<String, String> part(int id, String a, String b) {
        return row("id", Integer.toString(id), "a", a, "b", b);
    }

    private static Map<String, String> row(String... namesAndValues) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(row);
    }
}
