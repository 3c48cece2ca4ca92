// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.core.plan.rows.Cause;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.invalidator.run.status.RecentTransaction;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastMinuteTest {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final History.Sample SINCE = sample(-60, 10);
    private static final History.Sample UNTIL = sample(0, 12);

    /** What the list calls two keys is two keys here, also if one goes for two reasons. */
    @Test
    void eachKeyOfATransactionCountsOnce() {
        ObjectNode minute = LastMinute.of(
                SINCE,
                UNTIL,
                List.of(
                        transaction(1, -61, "product", "product:0"),
                        transaction(2, -59, "product", "product:1", "product:1", "list:1"),
                        transaction(3, 0, "stock", "product:1")));
        assertThat(minute.path("transactions").asInt()).isEqualTo(2);
        assertThat(minute.has("tablesSince")).isFalse();
        assertThat(minute.path("tables")).hasSize(2);
        assertThat(minute.path("tables").get(0).toString())
                .contains("\"public.product\"", "\"transactions\":1", "\"keys\":2", "\"complete\":true", "{\"own\":2}");
        assertThat(minute.path("tables").get(1).toString()).contains("\"public.stock\"", "\"keys\":1");
    }

    @Test
    void ifTheMinuteIsNotRememberedAsAWholeItSaysSo() {
        ObjectNode minute = LastMinute.of(SINCE, UNTIL, List.of(transaction(7, -30, "product", "product:1")));
        assertThat(minute.path("tablesSince").asText())
                .isEqualTo(NOW.minusSeconds(30).toString());
        assertThat(LastMinute.of(SINCE, UNTIL, List.of(transaction(1, -30, "product", "product:1")))
                        .has("tablesSince"))
                .as("it was the first of all")
                .isFalse();
    }

    @Test
    void theMinuteBeginsAtTheNewestSampleThatIsOldEnough() {
        var history = new History();
        assertThat(history.minuteBefore(NOW)).isEmpty();
        history.add(sample(-30, 3));
        assertThat(history.minuteBefore(NOW)).as("there is no older one").contains(sample(-30, 3));
        history = new History();
        for (int ago : List.of(70, 65, 60, 55)) {
            history.add(sample(-ago, 1));
        }
        assertThat(history.minuteBefore(NOW)).contains(sample(-60, 1));
    }

    private static History.Sample sample(int seconds, double transactions) {
        return new History.Sample(NOW.plusSeconds(seconds), 0, transactions, 0, 0, 0, 0);
    }

    private static RecentTransaction transaction(long number, int seconds, String table, String... keys) {
        var evictions = new ArrayList<Eviction>();
        TableName name = TableName.of(table);
        var cause = new Cause(name, Operation.UPDATE, Map.of("id", "1"), new Origin(number, new Lsn(number), NOW));
        for (String key : keys) {
            evictions.add(new Eviction.OfKey(key, Reason.OWN, cause));
        }
        Instant at = NOW.plusSeconds(seconds);
        return new RecentTransaction(
                number,
                number,
                new Lsn(number),
                1,
                at,
                at,
                List.of(new RecentTransaction.Change(name, Operation.UPDATE, Map.of(), List.of())),
                evictions,
                evictions.size(),
                0,
                0);
    }
}
