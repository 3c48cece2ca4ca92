// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.Context;
import dev.freshet.context.ContextId;
import java.util.Set;

/** A condition on the current state of a context that a write depends on. */
@FunctionalInterface
public interface Precondition {
    /** No condition. */
    Precondition NONE = (id, now) -> {};

    /** The context must exist: {@code If-Match: *}. */
    Precondition EXISTS = (id, now) -> {
        if (now == null) {
            throw Refusal.conflict(id + " does not exist", null);
        }
    };

    /** The context must not exist: {@code If-None-Match: *}. */
    Precondition ABSENT = (id, now) -> {
        if (now != null) {
            throw Refusal.conflict(id + " exists, at version " + now.version(), now.version());
        }
    };

    /**
     * Checks the condition.
     *
     * @param now the current state; null if the context does not exist
     * @throws Refusal if the condition does not hold; names the current version
     */
    void check(ContextId id, Context now);

    /** The context must be at one of these versions. */
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
