// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.World;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Lsn;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run may acknowledge while look-ups may have seen the work of transactions that are still to come. */
class LookbackTest {
    private static final Mapping MAPPING = MappingParser.parse("test.yaml", new StringReader("""
                    freshet: 1
                    entities:
                      owner:
                        table: owner
                        id: id
                      item:
                        table: item
                        id: id
                        references: { owner: owner }
                        keys: [ "of:{owner.name}" ]
                    """));

    private final Planner planner = new Planner(MAPPING);
    private final Lookback lookback = planner.newLookback();

    @Test
    void aTransactionIsNotAcknowledgedBeforeTheStreamHasPassedWhatItsLookUpsMayHaveSeen() {
        plan(100);
        assertThat(lookback.isOpen()).isTrue();
        lookback.lookedUpAt(new Lsn(500));
        assertThat(lookback.isOpen()).isFalse();
        assertThat(lookback.acknowledgeable(new Lsn(200))).isEqualTo(new Lsn(100));

        lookback.reached(new Lsn(499));
        plan(200);
        lookback.lookedUpAt(new Lsn(600));
        assertThat(lookback.acknowledgeable(new Lsn(300))).isEqualTo(new Lsn(100));

        lookback.reached(new Lsn(500));
        assertThat(lookback.acknowledgeable(new Lsn(550))).isEqualTo(new Lsn(200));
        lookback.reached(new Lsn(600));
        assertThat(lookback.acknowledgeable(new Lsn(650))).isEqualTo(new Lsn(650));
    }

    @Test
    void positionsInTheUpperHalfAreBehindThoseInTheLower() {
        plan(Long.MAX_VALUE - 9);
        lookback.lookedUpAt(new Lsn(Long.MIN_VALUE + 5));
        lookback.reached(new Lsn(Long.MAX_VALUE));
        assertThat(lookback.acknowledgeable(new Lsn(Long.MAX_VALUE))).isEqualTo(new Lsn(Long.MAX_VALUE - 9));
        lookback.reached(new Lsn(Long.MIN_VALUE + 5));
        assertThat(lookback.acknowledgeable(new Lsn(Long.MIN_VALUE + 6))).isEqualTo(new Lsn(Long.MIN_VALUE + 6));
    }

    @Test
    void whatWasNotDatedIsKeptWhereverTheStreamIs() {
        plan(100);
        lookback.reached(new Lsn(Long.MAX_VALUE));
        lookback.reached(new Lsn(-1L));
        assertThat(lookback.acknowledgeable(new Lsn(200))).isEqualTo(new Lsn(100));
        lookback.lookedUpAt(new Lsn(Long.MAX_VALUE));
        assertThat(lookback.isOpen()).isFalse();
    }

    @Test
    void hotRowsThatNeverMoveAreFoundOnceHoweverManyTransactionsBackTheyWereTouched() {
        Mapping mapping = MappingParser.parse("test.yaml", new StringReader("""
                        freshet: 1
                        entities:
                          a:
                            table: a
                            id: id
                            inherited: [document]
                          b:
                            table: b
                            id: id
                            references: { a: a }
                            parent: a
                            inherited: [document]
                          c:
                            table: c
                            id: id
                            references: { b: b }
                            parent: b
                            inherited: [document]
                            resolved: [ "c:{id}:resolved" ]
                        """));
        var hot = new Planner(mapping);
        var world = new World();
        world.rows(mapping.entity("a")).add(Map.of("id", "1", "document", "0"));
        world.rows(mapping.entity("b")).add(Map.of("id", "1", "a", "1", "document", "0"));
        world.rows(mapping.entity("c")).add(Map.of("id", "1", "b", "1", "document", "0"));
        Lookback behind = hot.newLookback();
        int evictions = 0;
        for (int i = 0; i < 100; i++) {
            for (String name : List.of("c", "b", "a")) {
                var found = new ArrayList<Eviction>();
                var transaction = hot.begin(world, behind);
                transaction.plan(List.of(update(mapping.entity(name), i)), found::add);
                transaction.end(new Lsn(i));
                evictions = Math.max(evictions, found.size());
            }
        }
        // Its image of before and that of after.
        assertThat(evictions).isEqualTo(2);
    }

    private static RowChange update(EntityMapping entity, int document) {
        var row = new HashMap<String, String>();
        row.put("id", "1");
        entity.references().forEach(reference -> row.put(reference.name(), "1"));
        row.put("document", String.valueOf(document));
        var before = new Row(row);
        row.put("document", String.valueOf(document + 1));
        return new RowChange(
                entity.table(), Operation.UPDATE, before, new Row(row), new Origin(1, new Lsn(2), Instant.EPOCH));
    }

    /** @param before the commit before it */
    private void plan(long before) {
        var transaction = planner.begin(new World(), lookback);
        transaction.plan(
                List.of(new RowChange(
                        MAPPING.entity("owner").table(),
                        Operation.UPDATE,
                        new Row(Map.of("id", "1", "name", "old")),
                        new Row(Map.of("id", "1", "name", "new")),
                        new Origin(1, new Lsn(2), Instant.EPOCH))),
                eviction -> {});
        transaction.end(new Lsn(before));
    }
}
