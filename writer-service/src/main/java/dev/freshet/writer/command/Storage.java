// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.Context;
import dev.freshet.context.ContextId;
import dev.freshet.context.Level;
import dev.freshet.context.RecordedEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The database operations that a {@link Workspace} needs, within one transaction and for one user. */
public interface Storage {
    String user();

    /** The time of the database's clock, in microseconds. */
    Instant now();

    /** Locks and reads those rows of one level that exist. */
    List<Context> lock(Level level, Collection<ContextId> ids, Lock lock);

    /** Those of the ids that exist. */
    Set<ContextId> existing(Level level, Collection<ContextId> ids);

    /** New, unused ids. */
    List<NewId> draw(Level level, int count);

    /** The current version of a stream, whichever user it belonged to; 0 if it has no events. */
    long lastVersion(ContextId id);

    void append(List<RecordedEvent> events);

    /** Inserts rows of one level. */
    void insert(Level level, List<Context> rows);

    void update(Level level, List<Context> rows);

    void delete(Level level, List<ContextId> ids);

    /** @param lastVersion the last version of an earlier context with this id; 0 if there was none */
    record NewId(ContextId id, long lastVersion) {}
}
