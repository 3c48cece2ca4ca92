// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import dev.freshet.context.ContextEvent;
import dev.freshet.context.ContextId;
import dev.freshet.context.RecordedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads rows of the log. */
public final class EventMapper {
    public static final String COLUMNS =
            "position, stream, version, type, user_id, data::text as data, source, recorded_at";

    private EventMapper() {}

    /** @throws UnreadableEventException if the event cannot be read; names the event */
    public static RecordedEvent map(ResultSet row) throws SQLException {
        long position = row.getLong("position");
        var stream = row.getString("stream");
        try {
            return new RecordedEvent(
                    position,
                    ContextId.ofStream(stream),
                    row.getLong("version"),
                    row.getString("user_id"),
                    row.getString("source"),
                    ContextMapper.instant(row, "recorded_at"),
                    ContextEvent.of(row.getString("type"), Json.read(row.getString("data"))));
        } catch (RuntimeException e) {
            throw new UnreadableEventException(position, stream, e);
        }
    }
}
