// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.ContextId;
import dev.freshet.context.Level;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what a list of commands needs. Not thread-safe. */
public final class Demand {
    private final String user;
    private final Map<ContextId, Lock> locks = new HashMap<>();
    private final Map<Level, Integer> newIds = new EnumMap<>(Level.class);

    Demand(String user) {
        this.user = user;
    }

    void existing(Target target, Lock lock) {
        if (target.isId()) {
            locks.merge(target.id(), lock, (a, b) -> a.compareTo(b) < 0 ? a : b);
        }
    }

    void global(Lock lock) {
        existing(Target.of(ContextId.global(user), "user"), lock);
    }

    void newId(Level level) {
        newIds.merge(level, 1, Integer::sum);
    }

    /** The contexts of one level that need this lock, in no particular order. */
    List<ContextId> ids(Level level, Lock lock) {
        return locks.entrySet().stream()
                .filter(entry -> entry.getValue() == lock && entry.getKey().level() == level)
                .map(Map.Entry::getKey)
                .toList();
    }

    int newIds(Level level) {
        return newIds.getOrDefault(level, 0);
    }
}
