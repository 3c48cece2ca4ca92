// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingParser;
import java.io.StringReader;
import java.time.Instant;
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
        lookback.lookedUpAt(500);
        assertThat(lookback.isOpen()).isFalse();
        assertThat(lookback.acknowledgeable(200)).isEqualTo(100);

        lookback.reached(499);
        plan(200);
        lookback.lookedUpAt(600);
        assertThat(lookback.acknowledgeable(300)).isEqualTo(100);

        lookback.reached(500);
        assertThat(lookback.acknowledgeable(550)).isEqualTo(200);
        lookback.reached(600);
        assertThat(lookback.acknowledgeable(650)).isEqualTo(650);
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
                        new Origin(1, 2, Instant.EPOCH))),
                eviction -> {});
        transaction.end(before);
    }
}
