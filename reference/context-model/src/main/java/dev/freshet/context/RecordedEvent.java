// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import java.time.Instant;

/**
 * An event with its place in the log.
 *
 * @param position its position in the log; positions grow and have gaps
 * @param stream the context that the event belongs to
 * @param version its place in the stream: 1, 2, 3, …
 * @param user the owner of the context
 * @param source {@code api}, or {@code sql} for programs that write the tables directly
 */
public record RecordedEvent(
        long position,
        ContextId stream,
        long version,
        String user,
        String source,
        Instant recordedAt,
        ContextEvent event) {
    /** Applies the event to its context; null stands for a context that does not exist. */
    public Context apply(Context before) {
        return event.apply(before, stream, user, version, recordedAt);
    }
}
