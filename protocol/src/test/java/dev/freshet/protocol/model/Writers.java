// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** Commit the planned changes, in any order that row locks allow; and each becomes visible some time later. */
record Writers(int planned) implements Actor {
    @Override
    public void act(World world, Moves moves) {
        var db = world.db();
        for (Change change : Change.values()) {
            if (change.in(planned) && db.mayCommit(change, planned)) {
                moves.add("writer", change.text + ": flushed to the WAL", world.with(db.commit(change)));
            }
            if (db.wal().contains(change) && !change.in(db.visible())) {
                moves.add("postgresql", "'" + change.text + "' becomes visible", world.with(db.show(change)));
            }
        }
    }
}
