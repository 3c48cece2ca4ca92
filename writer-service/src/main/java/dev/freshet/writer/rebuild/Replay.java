// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.rebuild;

import dev.freshet.context.Context;
import dev.freshet.context.Level;
import dev.freshet.context.RecordedEvent;
import dev.freshet.writer.store.ContextTable;
import dev.freshet.writer.store.EventMapper;
import dev.freshet.writer.store.UnreadableEventException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Replays the whole log, stream by stream, into temporary tables with the columns of the context tables. Documents stay
 * in the database, because it may hold a document that it could not read again as text. For each context, only the log
 * position of its document is kept. Memory use is one context and a batch of rows per level, however long the log is.
 * Runs within one transaction.
 *
 * <p>An event that cannot be read, or cannot happen, does not stop the replay: the row of its stream is taken from the
 * context table.
 */
final class Replay {
    private static final int FETCH_SIZE = 500;
    private static final int BATCH = 500;

    private static final String EVENTS = """
            select position, stream, version, type, user_id, source, recorded_at, has_document,
                (case when has_document then data - 'document' || '{"document": {}}' else data end)::text as data
            from freshet.event, lateral (select jsonb_typeof(data -> 'document') is not distinct from 'object') d (has_document)
            order by stream, version""";

    private final Handle handle;
    private final Map<Level, List<Row>> batches = new EnumMap<>(Level.class);
    private final List<UnreadableEventException> unreadable = new ArrayList<>();
    private String stream;
    private Context state;
    private long documentAt;
    private boolean skipped;

    /**
     * @param documentAt position of the event that holds the document; the document of {@code context} itself is empty
     */
    private record Row(Context context, long documentAt) {}

    /** A read event. Either the event or the failure is null. */
    private record Played(String stream, RecordedEvent event, boolean hasDocument, UnreadableEventException failure) {}

    private Replay(Handle handle) {
        this.handle = handle;
    }

    /** The name of the temporary table for a level. */
    static String table(Level level) {
        return "replayed_" + level.label();
    }

    /** Replays the log. Returns, for each stream that could not be replayed, the failure of its first bad event. */
    static List<UnreadableEventException> run(Handle handle) {
        return new Replay(handle).run();
    }

    private List<UnreadableEventException> run() {
        // The same list of bindings is used for all levels.
        handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        for (var level : Level.values()) {
            handle.execute("create temporary table " + table(level) + " (like "
                    + ContextTable.of(level).name() + ") on commit drop");
            batches.put(level, new ArrayList<>());
        }
        try (var events = handle.createQuery(EVENTS)
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> read(row))
                .iterator()) {
            while (events.hasNext()) {
                play(events.next());
            }
        }
        endStream();
        for (var level : Level.values()) {
            write(level);
            if (!unreadable.isEmpty()) {
                keep(level);
            }
            var key = level == Level.GLOBAL ? "user_id" : "id";
            handle.execute("create unique index on " + table(level) + " (" + key + ")");
            handle.execute("analyze " + table(level));
        }
        return unreadable;
    }

    private static Played read(ResultSet row) throws SQLException {
        var name = row.getString("stream");
        try {
            return new Played(name, EventMapper.map(row), row.getBoolean("has_document"), null);
        } catch (UnreadableEventException e) {
            return new Played(name, null, false, e);
        }
    }

    private void play(Played next) {
        if (!next.stream.equals(stream)) {
            endStream();
            stream = next.stream;
        }
        if (skipped) {
            return;
        }
        if (next.failure != null) {
            skip(next.failure);
            return;
        }
        try {
            state = next.event.apply(state);
        } catch (RuntimeException e) {
            skip(new UnreadableEventException(next.event.position(), stream, e));
            return;
        }
        if (next.hasDocument) {
            documentAt = next.event.position();
        }
    }

    private void skip(UnreadableEventException failure) {
        unreadable.add(failure);
        skipped = true;
        state = null;
    }

    private void endStream() {
        if (state != null) {
            var batch = batches.get(state.id().level());
            batch.add(new Row(state, documentAt));
            if (batch.size() == BATCH) {
                write(state.id().level());
            }
        }
        state = null;
        skipped = false;
    }

    /** Takes the rows of streams that could not be replayed from the context table. */
    private void keep(Level level) {
        var table = ContextTable.of(level);
        var names = unreadable.stream().map(UnreadableEventException::stream).toList();
        handle.createUpdate("insert into " + table(level) + " select * from " + table.name() + " where '"
                        + level.label() + ":' || " + table.id() + " = any(:streams)")
                .bindArray("streams", String.class, names)
                .execute();
    }

    private void write(Level level) {
        var table = ContextTable.of(level);
        boolean numbered = level != Level.GLOBAL;
        var columns = (numbered ? "id, " : "") + "user_id, " + (table.parent() == null ? "" : table.parent() + ", ")
                + "name, description, " + (level.hasStatus() ? "status, " : "")
                + "document, version, created_at, updated_at";
        var values = (numbered ? ":id, " : "") + ":user, " + (table.parent() == null ? "" : ":parent, ")
                + ":name, :description, " + (level.hasStatus() ? ":status, " : "")
                + "(select data -> 'document' from freshet.event where position = :documentAt), :version, cast(:created as timestamptz), cast(:updated as timestamptz)";
        var rows = batches.get(level);
        if (rows.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("insert into " + table(level) + " (" + columns + ") values (" + values + ")");
        for (var each : rows) {
            var row = each.context;
            batch.bind("id", numbered ? row.id().number() : null)
                    .bind("user", row.user())
                    .bind("parent", table.parent() == null ? null : row.parent().number())
                    .bind("name", row.name())
                    .bind("description", row.description())
                    .bind("status", row.status())
                    .bind("documentAt", each.documentAt)
                    .bind("version", row.version())
                    .bind("created", row.createdAt().toString())
                    .bind("updated", row.updatedAt().toString())
                    .add();
        }
        batch.execute();
        rows.clear();
    }
}
