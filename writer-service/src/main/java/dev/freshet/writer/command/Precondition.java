// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.model.context.Context;
import dev.freshet.model.context.ContextId;
import java.util.Set;

/** What must stand for a write to happen. */
@FunctionalInterface
public interface Precondition {
    /** Anything may stand. */
    Precondition NONE = (id, now) -> {};

    /** Something must exist: {@code If-Match: *}. */
    Precondition EXISTS = (id, now) -> {
        if (now == null) {
            throw Refusal.conflict(id + " does not exist", null);
        }
    };

    /** Nothing may exist: {@code If-None-Match: *}. */
    Precondition ABSENT = (id, now) -> {
        if (now != null) {
            throw Refusal.conflict(id + " exists, at version " + now.version(), now.version());
        }
    };

    /**
     * @param now null if the context does not exist
     * @throws Refusal if it does not hold; names the version that stands
     */
    void check(ContextId id, Context now);

    /** One of these versions must stand. */
    static Precondition versions(Set<Long> versions) {
        var accepted = Set.copyOf(versions);
        return (id, now) -> {
            EXISTS.check(id, now);
            if (!accepted.contains(now.version())) {
                throw Refusal.conflict(id + " stands at version " + now.version(), now.version());
            }
        };
    }
}
