// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import dev.freshet.model.context.Context;
import dev.freshet.model.context.ContextId;
import dev.freshet.model.context.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads the log, for one user. */
public final class EventLog {
    private static final int FETCH_SIZE = 16;

    /** Characters of a page after which it ends: events carry whole documents. */
    private static final long PAGE_CHARACTERS = 4L << 20;

    private final Handle handle;
    private final String user;

    public EventLog(Handle handle, String user) {
        this.handle = handle;
        this.user = user;
    }

    /** A part of a longer list. */
    public record Page(List<RecordedEvent> events, boolean more) {}

    /** A stream's events past a version, oldest first. */
    public Page history(ContextId id, long afterVersion, int limit) {
        return page(
                handle.createQuery("select " + EventMapper.COLUMNS
                                + " from freshet.event where stream = :stream and user_id = :user"
                                + " and version > :after order by version limit :limit")
                        .bind("stream", id.stream())
                        .bind("after", afterVersion),
                limit);
    }

    /** Whether a context of this user ever had this id. */
    public boolean knows(ContextId id) {
        return handle.createQuery(
                        "select exists (select from freshet.event where stream = :stream and user_id = :user)")
                .bind("stream", id.stream())
                .bind("user", user)
                .mapTo(Boolean.class)
                .one();
    }

    /** A context as it was when the log had this position. Reads no more than from its last creation on. */
    public Optional<Context> asOf(ContextId id, long position) {
        Context[] state = new Context[1];
        try (var events = handle
                .createQuery("select " + EventMapper.COLUMNS
                        + " from freshet.event where stream = :stream and user_id = :user and position <= :position"
                        + " and version >= (select coalesce(max(version), 0) from freshet.event where stream = :stream"
                        + " and user_id = :user and position <= :position and type = 'Created') order by version")
                .bind("stream", id.stream())
                .bind("user", user)
                .bind("position", position)
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> EventMapper.map(row))
                .stream()) {
            events.forEach(event -> state[0] = event.apply(state[0]));
        }
        return Optional.ofNullable(state[0]);
    }

    /** The transaction that appended one of the user's events. */
    public OptionalLong transactionOf(long position) {
        return handle.createQuery(
                        "select xid::text::bigint from freshet.event where position = :position and user_id = :user")
                .bind("position", position)
                .bind("user", user)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * The user's events past one, of transactions that are older than every running one. They come in the order of
     * transactions, then positions: positions alone would skip an event whose transaction took its position early and
     * commits late, after a transaction with an earlier id has shown a later position.
     *
     * @param transaction of the last event seen; 0 from the beginning
     */
    public Page feed(long transaction, long position, int limit) {
        return page(
                handle.createQuery("select " + EventMapper.COLUMNS
                                + " from freshet.event where user_id = :user"
                                + " and (xid, position) > (cast(cast(:transaction as text) as xid8), :position)"
                                + " and xid < pg_snapshot_xmin(pg_current_snapshot())"
                                + " order by xid, position limit :limit")
                        .bind("transaction", transaction)
                        .bind("position", position),
                limit);
    }

    private Page page(Query query, int limit) {
        var events = new ArrayList<RecordedEvent>();
        long characters = 0;
        try (var rows = query.bind("user", user)
                .bind("limit", limit + 1)
                .setFetchSize(FETCH_SIZE)
                .map((row, context) ->
                        new Sized(EventMapper.map(row), row.getString("data").length()))
                .iterator()) {
            while (rows.hasNext()) {
                var row = rows.next();
                characters += row.characters;
                if (events.size() == limit || (characters > PAGE_CHARACTERS && !events.isEmpty())) {
                    return new Page(events, true);
                }
                events.add(row.event);
            }
        }
        return new Page(events, false);
    }

    private record Sized(RecordedEvent event, int characters) {}
}
