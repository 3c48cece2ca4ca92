// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.rebuild;

import dev.freshet.model.context.Context;
import dev.freshet.model.context.ContextId;
import dev.freshet.model.context.Level;
import dev.freshet.model.context.RecordedEvent;
import dev.freshet.writer.store.ContextTable;
import dev.freshet.writer.store.EventMapper;
import dev.freshet.writer.store.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Plays the whole log, stream by stream, into temporary tables of the same form as the context tables. Holds one context
 * and a batch of rows in memory, however long the log is. Within one transaction.
 */
final class Replay {
    private static final int FETCH_SIZE = 500;
    private static final int BATCH = 500;

    private final Handle handle;
    private final Map<Level, List<Context>> batches = new EnumMap<>(Level.class);
    private ContextId stream;
    private Context state;

    private Replay(Handle handle) {
        this.handle = handle;
    }

    /** The temporary table with what a level should look like. */
    static String table(Level level) {
        return "replayed_" + level.label();
    }

    static void run(Handle handle) {
        new Replay(handle).run();
    }

    private void run() {
        // One list of bindings serves all levels.
        handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        for (var level : Level.values()) {
            handle.execute("create temporary table " + table(level) + " (like "
                    + ContextTable.of(level).name() + ") on commit drop");
            batches.put(level, new ArrayList<>());
        }
        try (var events = handle.createQuery(
                        "select " + EventMapper.COLUMNS + " from freshet.event order by stream, version")
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> EventMapper.map(row))
                .iterator()) {
            while (events.hasNext()) {
                play(events.next());
            }
        }
        endStream();
        for (var level : Level.values()) {
            write(level);
            var key = level == Level.GLOBAL ? "user_id" : "id";
            handle.execute("create unique index on " + table(level) + " (" + key + ")");
            handle.execute("analyze " + table(level));
        }
    }

    private void play(RecordedEvent event) {
        if (!event.stream().equals(stream)) {
            endStream();
            stream = event.stream();
        }
        state = event.apply(state);
    }

    private void endStream() {
        if (state != null) {
            var batch = batches.get(state.id().level());
            batch.add(state);
            if (batch.size() == BATCH) {
                write(state.id().level());
            }
        }
        state = null;
    }

    private void write(Level level) {
        var table = ContextTable.of(level);
        boolean numbered = level != Level.GLOBAL;
        var columns = (numbered ? "id, " : "") + "user_id, " + (table.parent() == null ? "" : table.parent() + ", ")
                + "name, description, " + (level.hasStatus() ? "status, " : "")
                + "document, version, created_at, updated_at";
        var values = (numbered ? ":id, " : "") + ":user, " + (table.parent() == null ? "" : ":parent, ")
                + ":name, :description, " + (level.hasStatus() ? ":status, " : "")
                + "cast(:document as jsonb), :version, cast(:created as timestamptz), cast(:updated as timestamptz)";
        var rows = batches.get(level);
        if (rows.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("insert into " + table(level) + " (" + columns + ") values (" + values + ")");
        for (var row : rows) {
            batch.bind("id", numbered ? row.id().number() : null)
                    .bind("user", row.user())
                    .bind("parent", table.parent() == null ? null : row.parent().number())
                    .bind("name", row.name())
                    .bind("description", row.description())
                    .bind("status", row.status())
                    .bind("document", Json.write(row.document()))
                    .bind("version", row.version())
                    .bind("created", row.createdAt().toString())
                    .bind("updated", row.updatedAt().toString())
                    .add();
        }
        batch.execute();
        rows.clear();
    }
}
