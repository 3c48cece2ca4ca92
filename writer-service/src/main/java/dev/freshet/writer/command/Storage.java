// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.model.context.Context;
import dev.freshet.model.context.ContextId;
import dev.freshet.model.context.Level;
import dev.freshet.model.context.RecordedEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a {@link Workspace} needs of the database, within one transaction and for one user. */
public interface Storage {
    String user();

    /** The database's clock, in microseconds. */
    Instant now();

    /** Locks and reads the rows that exist, of one level. */
    List<Context> lock(Level level, Collection<ContextId> ids, Lock lock);

    /** Of these, those that exist. */
    Set<ContextId> existing(Level level, Collection<ContextId> ids);

    /** New ids that nobody uses. */
    List<NewId> draw(Level level, int count);

    /** The version at which a stream stands, whoever it belonged to; 0 if it has no events. */
    long lastVersion(ContextId id);

    void append(List<RecordedEvent> events);

    /** All of one level. */
    void insert(Level level, List<Context> rows);

    void update(Level level, List<Context> rows);

    void delete(Level level, List<ContextId> ids);

    /** @param lastVersion of an earlier owner of the id; 0 if there was none */
    record NewId(ContextId id, long lastVersion) {}
}
