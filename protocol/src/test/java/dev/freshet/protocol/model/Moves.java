// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

import java.util.function.Consumer;

/**
 * Takes the steps that actors offer.
 *
 * @param exactClocks whether it matters what clocks show
 */
record Moves(boolean exactClocks, Consumer<Step<World>> found) {
    void add(String actor, String action, World next) {
        add(actor, action, "", next);
    }

    void add(String actor, String action, String saw, World next) {
        found.accept(new Step<>(actor, action, saw, next.renumbered(exactClocks), null));
    }

    /** A read from the cache. */
    void read(String actor, String action, int value, int required, World next) {
        boolean stale = Value.lacksAny(value, next.db().promisedBy(required));
        found.accept(new Step<>(
                actor,
                action,
                Value.text(value),
                next.renumbered(exactClocks),
                stale ? complaint(required, next) : null));
    }

    private static String complaint(int required, World world) {
        return "that lacks a commit at or before the published position, which is after '"
                + world.db().wal().get(required - 1).text + "'";
    }
}
