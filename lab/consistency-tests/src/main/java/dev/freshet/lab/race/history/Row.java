// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import dev.freshet.context.Level;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** A row that the run writes and reads. Thread-safe. */
public final class Row {
    private final int number;
    private final Level level;
    private final String user;
    private final String id;
    private final History history = new History();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * A row with an empty history.
     *
     * @param number unique among all rows, from 0 without gaps
     * @param id as text; for a global context, the user
     */
    public Row(int number, Level level, String user, String id) {
        this.number = number;
        this.level = Objects.requireNonNull(level, "level");
        this.user = Objects.requireNonNull(user, "user");
        this.id = Objects.requireNonNull(id, "id");
    }

    /** The number of the row, unique among all rows. */
    public int number() {
        return number;
    }

    public Level level() {
        return level;
    }

    public String user() {
        return user;
    }

    public String id() {
        return id;
    }

    /** All states of the row. */
    public History history() {
        return history;
    }

    /** Held by a writer that changes only this row, until the outcome of its transaction is known. */
    public ReentrantLock lock() {
        return lock;
    }

    @Override
    public String toString() {
        return level + ":" + id;
    }
}
