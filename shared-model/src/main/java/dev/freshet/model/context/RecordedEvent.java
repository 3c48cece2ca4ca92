// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.context;

import java.time.Instant;

/**
 * An event as it stands in the log.
 *
 * @param position its place in the log; grows, has gaps
 * @param stream whose event it is
 * @param version its place in the stream: 1, 2, 3, …
 * @param user to whom the context belonged
 * @param source {@code api}, or {@code sql} for programs that write the tables
 */
public record RecordedEvent(
        long position,
        ContextId stream,
        long version,
        String user,
        String source,
        Instant recordedAt,
        ContextEvent event) {
    /** What the event makes of its context; null stands for one that does not exist. */
    public Context apply(Context before) {
        return event.apply(before, stream, user, version, recordedAt);
    }
}
