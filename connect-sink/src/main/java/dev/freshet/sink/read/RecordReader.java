// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import dev.freshet.core.source.SourceException;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.connect.ConnectFields;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.EventCodec;
import dev.freshet.debezium.event.StreamEvent;
import dev.freshet.debezium.json.JsonEvents;
import dev.freshet.debezium.value.Fields;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.Catalog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reads records, whatever converter they came through: structs, maps without a schema, and JSON as text. Not
 * thread-safe.
 */
public final class RecordReader {
    /** Rows that were asked for by a signal, while the stream goes on. No change is missing where they are. */
    private static final Set<String> WITHIN_THE_STREAM = Set.of("incremental", "false");

    private final Mapping mapping;
    private final SourceCheck source;
    private final Catalog catalog;
    private final boolean nullsKept;
    private final UnreadValues unread = new UnreadValues();
    private final JsonEvents json = new JsonEvents();
    private BatchCatalog tables;
    private EventCodec codec;

    /** @param nullsKept whether no converter puts a column's default in place of NULL */
    public RecordReader(Mapping mapping, SourceCheck source, Catalog catalog, boolean nullsKept) {
        this.mapping = mapping;
        this.source = source;
        this.catalog = catalog;
        this.nullsKept = nullsKept;
        begin();
    }

    /** Another batch begins: tables, types and replica identities are asked for anew. */
    public void begin() {
        tables = new BatchCatalog(mapping, catalog);
        codec = new EventCodec(tables, tables, new TypedTexts(tables, unread, nullsKept));
    }

    /** How many values could not be read so far. */
    public long unreadValues() {
        return unread.count();
    }

    /**
     * What a record means.
     *
     * @throws RefusedRecordException if records like this one cannot be worked with
     * @throws SourceException if the database does not answer
     */
    public Reading read(SinkRecord record) {
        if (record.value() == null) {
            return new Reading.Nothing();
        }
        try {
            Fields value = fields(record.value());
            RecordShape.require(record.topic(), key(record.key()), value);
            Fields from = value.get("source") instanceof Fields fields ? fields : null;
            if (from != null) {
                source.require(record.topic(), from);
            }
            return meaning(value, from);
        } catch (BadEventException e) {
            return new Reading.Unreadable(Optional.empty(), e.getMessage());
        } catch (SourceException | RefusedRecordException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever is wrong with it, it would be so again.
            return new Reading.Unreadable(Optional.empty(), e.getClass().getSimpleName());
        }
    }

    private Reading meaning(Fields value, Fields from) {
        if ("r".equals(value.get("op")) && from != null && !isWithinTheStream(from)) {
            return new Reading.Snapshotted(from.get("name") + " " + from.get("lsn"));
        }
        StreamEvent event;
        try {
            event = codec.read(new ObjectRecord(value));
        } catch (BadEventException | IllegalArgumentException e) {
            return unreadable(from, e.getMessage());
        }
        if (event instanceof StreamEvent.Changed changed) {
            return changed(told(changed.change(), value));
        }
        if (event instanceof StreamEvent.Seen seen) {
            return changed(seen.row());
        }
        if (event instanceof StreamEvent.Unmapped unmapped && tables.isGone(unmapped.table())) {
            return new Reading.Unreadable(
                    Optional.empty(),
                    "table " + unmapped.table()
                            + " is not there any more; it may have been a partition of a table of the mapping");
        }
        return new Reading.Nothing();
    }

    private RowChange told(RowChange change, Fields value) {
        return change.before() != null && value.get("before") instanceof Fields image
                ? new RowChange(
                        change.table(),
                        change.operation(),
                        OldImage.told(change.table(), change.before(), image, tables),
                        change.after(),
                        change.origin())
                : change;
    }

    private static Reading changed(RowChange change) {
        return change.operation() == Operation.DELETE && change.before() == null
                ? new Reading.Unreadable(Optional.of(change.table()), "'before' of a delete is missing")
                : new Reading.Changed(change);
    }

    private static boolean isWithinTheStream(Fields from) {
        Object snapshot = from.get("snapshot");
        return snapshot instanceof String text && WITHIN_THE_STREAM.contains(text);
    }

    /** Of a table of the mapping if the record still says so; then only that table's keys are in doubt. */
    private Reading unreadable(Fields from, String why) {
        if (from == null || !(from.get("table") instanceof String name)) {
            return new Reading.Unreadable(Optional.empty(), why);
        }
        TableName table = tables.resolve(from.get("schema") instanceof String schema ? schema : "", name);
        if (tables.knows(table)) {
            return new Reading.Unreadable(Optional.of(table), why);
        }
        return tables.isGone(table) ? new Reading.Unreadable(Optional.empty(), why) : new Reading.Nothing();
    }

    private Fields fields(Object value) throws BadEventException {
        Optional<Fields> object = ConnectFields.of(value);
        if (object.isPresent()) {
            return object.get();
        }
        String text = text(value);
        Fields parsed = text == null ? null : json.read(text).value();
        if (parsed == null) {
            throw new BadEventException("a " + value.getClass().getSimpleName()
                    + "; expected a change event of Debezium as a struct, as a map, or as JSON in text");
        }
        return parsed;
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return value instanceof ByteBuffer buffer
                ? StandardCharsets.UTF_8.decode(buffer.duplicate()).toString()
                : null;
    }

    /** Null if it is not an object. */
    private Fields key(Object key) {
        if (key == null) {
            return null;
        }
        try {
            return fields(key);
        } catch (BadEventException e) {
            return null;
        }
    }
}
