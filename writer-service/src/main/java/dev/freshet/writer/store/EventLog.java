// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import dev.freshet.context.Context;
import dev.freshet.context.ContextId;
import dev.freshet.context.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads the log for one user. */
public final class EventLog {
    private static final int FETCH_SIZE = 16;

    /** A page ends once its events exceed this many characters, because events contain whole documents. */
    private static final long PAGE_CHARACTERS = 4L << 20;

    private final Handle handle;
    private final String user;

    public EventLog(Handle handle, String user) {
        this.handle = handle;
        this.user = user;
    }

    /** A page of a longer list. */
    public record Page(List<RecordedEvent> events, boolean more) {}

    /** The events of a stream after a version, oldest first. */
    public Page history(ContextId id, long afterVersion, int limit) {
        return page(
                handle.createQuery("select " + EventMapper.COLUMNS
                                + " from freshet.event where stream = :stream and user_id = :user"
                                + " and version > :after order by version limit :limit")
                        .bind("stream", id.stream())
                        .bind("after", afterVersion),
                limit);
    }

    /** Whether this user ever had a context with this id. */
    public boolean knows(ContextId id) {
        return handle.createQuery(
                        "select exists (select from freshet.event where stream = :stream and user_id = :user)")
                .bind("stream", id.stream())
                .bind("user", user)
                .mapTo(Boolean.class)
                .one();
    }

    /** The context at a position of the log. Reads only its events since its last creation up to that position. */
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

    /** The transaction that appended the event at this position; empty unless it is the user's event. */
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
     * The user's events after a given event. Only transactions older than every running transaction are included.
     * Events are ordered by transaction, then by position. Order by position alone would skip events: a transaction can
     * take its position early and commit late, after a transaction with an earlier id has shown a later position.
     *
     * @param transaction the transaction of the last event seen; 0 to start from the beginning
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
