// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.WalPosition;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The positions that one unit of work must not miss: of its own writes, and of what other services told it. Reads of
 * Freshet caches in its thread are then at level session. Each web request has a session automatically; elsewhere,
 * {@link FreshetSessions#open} opens one. A session is bound to the thread that opened it, but its methods are
 * thread-safe.
 */
public final class FreshetSession implements AutoCloseable {
    private static final ThreadLocal<FreshetSession> CURRENT = new ThreadLocal<>();

    /** Not a monitor: a virtual thread may wait for the database here. */
    private final ReentrantLock lock = new ReentrantLock();

    private final FreshetSession outer;
    private final PositionSource source;
    private final Consistency level;
    private WalPosition required;
    private WalPosition shown;
    private boolean dirty;

    /**
     * @param level that the caller asked for; null for the configured level
     * @param position that reads must not miss; null for none
     */
    FreshetSession(PositionSource source, Consistency level, WalPosition position) {
        this.outer = CURRENT.get();
        this.source = source;
        this.level = level;
        this.required = position;
        this.shown = position;
        CURRENT.set(this);
    }

    /** The session of this thread, if there is one. */
    public static Optional<FreshetSession> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** The level that the caller asked for, if any. */
    public Optional<Consistency> level() {
        return Optional.ofNullable(level);
    }

    /** Records that something was committed. The database is asked for its position when that is needed next. */
    public void wrote() {
        locked(() -> {
            dirty = true;
            return null;
        });
    }

    /** Records a position that another service sent. From now on, reads do not miss any commit up to it. */
    public void learned(WalPosition position) {
        locked(() -> {
            required = later(required, position);
            shown = later(shown, position);
            return null;
        });
    }

    /**
     * Records that a read returned a value of this position. This affects {@link #latest}, but not later reads here.
     */
    public void read(WalPosition position) {
        locked(() -> {
            shown = later(shown, position);
            return null;
        });
    }

    /** The position that reads must not miss; empty if there is none. Asks the database if this session has written. */
    public Optional<WalPosition> required() {
        return locked(() -> {
            settle();
            return Optional.ofNullable(required);
        });
    }

    /**
     * Whether this session has written, but the position of that write is unknown. Reads then go to the database. Asks
     * the database again if so.
     */
    public boolean isUnproven() {
        return locked(() -> {
            settle();
            return dirty;
        });
    }

    /**
     * The latest position of what this session wrote, was told and read; empty if there is none. Pass it on to whatever
     * continues this work. Asks the database if this session has written.
     */
    public Optional<WalPosition> latest() {
        return locked(() -> {
            settle();
            return Optional.ofNullable(shown);
        });
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        if (dirty) {
            source.now().ifPresent(position -> {
                dirty = false;
                learned(position);
            });
        }
    }

    /** The later of two positions. After the database was moved, a position of the former cluster has no meaning. */
    private static WalPosition later(WalPosition one, WalPosition other) {
        if (one == null) {
            return other;
        }
        try {
            return one.max(other);
        } catch (IllegalArgumentException ofAnotherCluster) {
            return other;
        }
    }

    /** Ends the session. The thread then has the session again that it had before, if any. Call it in that thread. */
    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
