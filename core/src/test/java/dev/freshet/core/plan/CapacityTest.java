// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.rows.Lookback;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Lsn;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a planner keeps of touched rows is bounded by bytes: by many small rows, and by few large ones. */
class CapacityTest {
    private static final Mapping MAPPING = MappingParser.parse("test.yaml", new StringReader("""
                    freshet: 1
                    entities:
                      team:
                        table: team
                        id: id
                        keys: [ "player:{player.name}" ]
                      player:
                        table: player
                        id: id
                        references: { team: team_id }
                        keys: [ "player:{id}" ]
                    """));
    private static final int CAPACITY = 300;

    private final Planner planner = new Planner(MAPPING, CAPACITY);
    private final Lookback lookback = planner.newLookback();

    @Test
    void fewLargeRowsAreAsManySmallOnes() {
        assertThat(plan(100, 10)).noneMatch(Eviction.OfKeys.class::isInstance);
        lookback.lookedUpAt(new Lsn(1));
        lookback.reached(new Lsn(2));
        assertThat(plan(100, 2_000)).anyMatch(Eviction.OfKeys.class::isInstance);
    }

    @Test
    void rowsOfFormerTransactionsCountUntilTheyArePassed() {
        assertThat(plan(20, 2_000)).noneMatch(Eviction.OfKeys.class::isInstance);
        plan(20, 2_000);
        assertThat(plan(20, 2_000)).anyMatch(Eviction.OfKeys.class::isInstance);
        lookback.lookedUpAt(new Lsn(1));
        lookback.reached(new Lsn(2));
        assertThat(plan(20, 2_000)).noneMatch(Eviction.OfKeys.class::isInstance);
    }

    private List<Eviction> plan(int rows, int characters) {
        var evictions = new ArrayList<Eviction>();
        var transaction = planner.begin((table, columns, tuples, found) -> {}, lookback);
        for (int i = 0; i < rows; i++) {
            transaction.plan(List.of(moved(i, characters)), evictions::add);
        }
        transaction.end(new Lsn(0));
        return evictions;
    }

    private static RowChange moved(int id, int characters) {
        return new RowChange(
                MAPPING.entity("player").table(),
                Operation.UPDATE,
                row(id, "1", characters),
                row(id, "2", characters),
                new Origin(1, new Lsn(1), Instant.EPOCH));
    }

    private static Row row(int id, String team, int characters) {
        return new Row(Map.of("id", "" + id, "team_id", team, "name", id + "x".repeat(characters)));
    }
}
