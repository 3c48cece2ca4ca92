// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import static dev.freshet.sink.memory.Events.event;
import static dev.freshet.sink.memory.Events.item;
import static dev.freshet.sink.memory.Events.record;
import static dev.freshet.sink.memory.Events.shop;
import static dev.freshet.sink.memory.Events.source;
import static dev.freshet.sink.memory.Events.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.CatalogTable.Identity;
import dev.freshet.sink.memory.Events;
import dev.freshet.sink.memory.Events.Form;
import dev.freshet.sink.memory.MemoryServers;
import dev.freshet.sink.memory.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordReaderTest {
    private static final TableName ITEM = new TableName("public", "item");

    private final MemorySource database = new MemorySource(MemoryServers.mapping());
    private final RecordReader reader =
            new RecordReader(MemoryServers.mapping(), new SourceCheck(Events.PREFIX, Events.DATABASE), database, false);

    private Reading read(Object value) {
        return reader.read(record(0, value));
    }

    private RowChange change(Object value) {
        Reading reading = read(value);
        assertThat(reading).isInstanceOf(Reading.Changed.class);
        return ((Reading.Changed) reading).change();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void anUpdateMeansTheSameThroughEachConverter(Form form) {
        RowChange change = change(Events.in(form, update(item(1, 7L, "a"), item(1, null, "b"), 900)));
        assertThat(change.table()).isEqualTo(ITEM);
        assertThat(change.operation()).isEqualTo(Operation.UPDATE);
        assertThat(change.before().values()).isEqualTo(Map.of("id", "1", "shop_id", "7", "name", "a"));
        assertThat(change.after().get("shop_id")).isNull();
        assertThat(change.after().knows("shop_id")).isTrue();
        assertThat(change.after().get("name")).isEqualTo("b");
        assertThat(change.origin().txId()).isEqualTo(900);
    }

    @Test
    void createDeleteAndTruncateAreRead() {
        assertThat(change(event("c", Events.ITEM, null, item(1, 7L, "a"), source("item", 9)))
                        .operation())
                .isEqualTo(Operation.CREATE);
        assertThat(change(event("d", Events.ITEM, item(1, 7L, "a"), null, source("item", 9)))
                        .operation())
                .isEqualTo(Operation.DELETE);
        assertThat(change(event("t", Events.ITEM, null, null, source("item", 9)))
                        .operation())
                .isEqualTo(Operation.TRUNCATE);
    }

    @Test
    void whatChangesNoRowMeansNothing() {
        assertThat(read(null)).isInstanceOf(Reading.Nothing.class);
        assertThat(read(Map.of("ts_ms", 5L))).isInstanceOf(Reading.Nothing.class);
        assertThat(read(Map.of("status", "BEGIN", "id", "900:123"))).isInstanceOf(Reading.Nothing.class);
        assertThat(read(Map.of("status", "END", "id", "900:123", "event_count", 3L)))
                .isInstanceOf(Reading.Nothing.class);
        assertThat(read(Map.of("op", "m", "message", Map.of("prefix", "x", "content", "eA=="))))
                .isInstanceOf(Reading.Nothing.class);
    }

    @Test
    void aTableThatIsNotMappedMeansNothing() {
        database.table("other", Identity.FULL, Map.of("id", new Column("int8", false)));
        assertThat(read(event("u", Events.ITEM, null, item(1, 7L, "a"), source("other", 9))))
                .isInstanceOf(Reading.Nothing.class);
    }

    /** It may have been a partition of a mapped table, whose rows are gone with it. */
    @Test
    void aTableThatIsGoneIsNotPassedOver() {
        assertThat(read(event("u", Events.ITEM, null, item(1, 7L, "a"), source("dropped", 9))))
                .isEqualTo(new Reading.Unreadable(
                        Optional.empty(),
                        "table public.dropped is not there any more; it may have been a partition of a table of the"
                                + " mapping"));
    }

    @Test
    void aPartitionCountsForItsTable() {
        database.put(new CatalogTable(
                new TableName("public", "item_2026"),
                Map.of("id", new Column("int8", false)),
                List.of(),
                Identity.FULL,
                Optional.of(ITEM),
                List.of()));
        assertThat(change(event("u", Events.ITEM, null, item(1, 7L, "a"), source("item_2026", 9)))
                        .table())
                .isEqualTo(ITEM);
    }

    @Test
    void aSnapshotIsToldByItsRowsButNotOneThatASignalAskedFor() {
        Struct row = event(
                "r", Events.ITEM, null, item(1, 7L, "a"), source("item", 9).put("snapshot", "first"));
        Struct next = event(
                "r", Events.ITEM, null, item(2, 7L, "a"), source("item", 9).put("snapshot", "true"));
        assertThat(read(row)).isInstanceOf(Reading.Snapshotted.class).isEqualTo(read(next));
        assertThat(change(event(
                                "r",
                                Events.ITEM,
                                null,
                                item(1, 7L, "a"),
                                source("item", 9).put("snapshot", "incremental")))
                        .operation())
                .isEqualTo(Operation.CREATE);
    }

    @Test
    void theNullsOfAnImageOfTheKeyAloneAreNotTakenForTheRows() {
        database.table(
                "item",
                new Identity(false, java.util.Set.of("id")),
                Map.of(
                        "id", new Column("int8", false),
                        "shop_id", new Column("int8", true),
                        "name", new Column("text", true)));
        reader.begin();
        RowChange deleted = change(event("d", Events.ITEM, item(1, null, null), null, source("item", 9)));
        assertThat(deleted.before().knows("id")).isTrue();
        assertThat(deleted.before().knows("shop_id")).isFalse();
        RowChange updated = change(event("u", Events.ITEM, null, item(1, 7L, "b"), source("item", 9)));
        assertThat(updated.before()).isNull();
    }

    /** Each by itself: the halves may lie in different partitions. */
    @Test
    void theHalvesOfAnUpdateOfAKeyAreADeleteAndACreate() {
        var delete = record(3, event("d", Events.ITEM, item(1, 7L, "a"), null, source("item", 9)));
        delete.headers().addString("__debezium.newkey", "2");
        var create = record(4, event("c", Events.ITEM, null, item(2, 7L, "a"), source("item", 9)));
        create.headers().addString("__debezium.oldkey", "1");
        assertThat(((Reading.Changed) reader.read(create)).change().operation()).isEqualTo(Operation.CREATE);
        assertThat(((Reading.Changed) reader.read(delete)).change().operation()).isEqualTo(Operation.DELETE);
    }

    @Test
    void whatCannotBeReadIsAboutItsTableIfItSaysSo() {
        assertThat(read(event("u", Events.ITEM, null, null, source("item", 9))))
                .isEqualTo(new Reading.Unreadable(
                        Optional.of(ITEM), "'after' of public.item is missing: expected the row as it is now"));
        assertThat(read(event("x", Events.ITEM, null, item(1, 7L, "a"), source("item", 9))))
                .isEqualTo(new Reading.Unreadable(Optional.of(ITEM), "op 'x': expected one of c, u, d, r, t, m"));
        assertThat(read(event("d", Events.ITEM, null, null, source("item", 9))))
                .isEqualTo(new Reading.Unreadable(Optional.of(ITEM), "'before' of a delete is missing"));
        assertThat(((Reading.Unreadable) read("no JSON")).table()).isEmpty();
        assertThat(((Reading.Unreadable) read(List.of(1))).table()).isEmpty();
    }

    @Test
    void recordsOfAnotherSourceAreRefused() {
        for (String field : List.of("connector", "name", "db")) {
            Struct other = event(
                    "u", Events.ITEM, null, item(1, 7L, "a"), source("item", 9).put(field, "elsewhere"));
            assertThatExceptionOfType(RefusedRecordException.class)
                    .isThrownBy(() -> read(other))
                    .withMessageContaining("is from 'elsewhere' (source." + field + "); expected");
        }
    }

    @Test
    void rowsInPlaceOfEventsAreRefused() {
        assertThatExceptionOfType(RefusedRecordException.class)
                .isThrownBy(() -> reader.read(record("app.public.item", 0, 0, Events.key(1), item(1, 7L, "a"))))
                .withMessageContaining("take ExtractNewRecordState (unwrap) out of 'transforms'");
        assertThatExceptionOfType(RefusedRecordException.class)
                .isThrownBy(() -> read(Map.of("op", "u", "after.id", 1L, "source.table", "item")))
                .withMessageContaining("take Flatten out of 'transforms'");
    }

    @Test
    void aColumnThatIsNotShippedIsUnknown() {
        Schema few = SchemaBuilder.struct()
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .build();
        RowChange change = change(
                event("u", few, new Struct(few).put("id", 1L), new Struct(few).put("id", 1L), source("shop", 9)));
        assertThat(change.after().header().missing()).containsExactly("name");
        assertThat(shop(1, "a").schema().field("name")).isNotNull();
    }

    /** While the identity was the primary key alone. Debezium fills in what cannot be null. */
    @Test
    void whatDebeziumFillsIntoAnOldImageIsNotTakenForTheRows() {
        Schema row = SchemaBuilder.struct()
                .optional()
                .field("id", Schema.INT64_SCHEMA)
                .field("shop_id", Schema.INT64_SCHEMA)
                .field("name", SchemaBuilder.string().defaultValue("new").build())
                .build();
        database.table(
                "item",
                Identity.FULL,
                Map.of(
                        "id", new Column("int8", false),
                        "shop_id", new Column("int8", false),
                        "name", new Column("text", false)));
        reader.begin();
        var filled = new Struct(row).put("id", 1L).put("shop_id", 0L).put("name", "new");
        RowChange deleted = change(event("d", row, filled, null, source("item", 9)));
        assertThat(deleted.before().get("id")).isEqualTo("1");
        assertThat(deleted.before().knows("shop_id")).isFalse();
        assertThat(deleted.before().knows("name")).isFalse();
        assertThat(deleted.before().header().missing()).contains("shop_id", "name");

        var whole = new Struct(row).put("id", 1L).put("shop_id", 7L).put("name", "new");
        RowChange known = change(event("d", row, whole, null, source("item", 9)));
        assertThat(known.before().values()).isEqualTo(Map.of("id", "1", "shop_id", "7", "name", "new"));
    }

    /** A column that can be null is not filled in: a zero in it is the row's. */
    @Test
    void aZeroInAColumnThatMayBeNullIsTheRows() {
        RowChange deleted = change(event("d", Events.ITEM, item(1, 0L, null), null, source("item", 9)));
        assertThat(deleted.before().get("shop_id")).isEqualTo("0");
    }
}
