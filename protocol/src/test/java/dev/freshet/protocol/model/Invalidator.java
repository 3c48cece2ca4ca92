// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * The invalidator's memory, lost in a crash.
 *
 * @param from how many commits are done
 * @param to end of the batch in hand
 * @param todo tags still to be evicted, or keys still to be purged
 * @param fenced whether a part of the batch was evicted already
 * @param kept from where on evictions are remembered, to be repeated
 * @param master the master that it believes to talk to
 */
record Invalidator(Stage stage, int from, int to, int todo, boolean fenced, int kept, int master) {
    static Invalidator idle(int at, int kept, int master) {
        return new Invalidator(Stage.IDLE, at, at, 0, false, kept, master);
    }

    static Invalidator starting() {
        return new Invalidator(Stage.START, 0, 0, 0, false, 0, Redis.NONE);
    }

    void pack(Key key) {
        key.add(stage.ordinal())
                .add(from)
                .add(to)
                .add(todo)
                .add(fenced)
                .add(kept)
                .add(master);
    }

    Invalidator at(Stage next) {
        return new Invalidator(next, from, to, todo, fenced, kept, master);
    }

    Invalidator at(Stage next, int rest) {
        return new Invalidator(next, from, to, rest, fenced, kept, master);
    }

    Invalidator batch(Stage next, int begin, int end) {
        return new Invalidator(next, begin, end, 0, false, kept, master);
    }

    Invalidator partlyDone(int rest) {
        return new Invalidator(stage, from, to, rest, true, kept, master);
    }

    Invalidator keptFrom(int position) {
        return new Invalidator(stage, from, to, todo, fenced, position, master);
    }

    Invalidator on(int newMaster) {
        return new Invalidator(stage, from, to, todo, fenced, kept, newMaster);
    }
}
