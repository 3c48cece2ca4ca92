// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.WalPosition;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What one user's work must not miss: its own writes, and what it was told of. Reads of Freshet caches in its thread are at
 * level session then. A web request has one by itself; elsewhere {@link FreshetSessions#open} begins one. It is bound to the
 * thread that opened it; its methods are thread-safe.
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
     * @param level asked for by the caller; null: as configured
     * @param position not to be missed; null for none
     */
    FreshetSession(PositionSource source, Consistency level, WalPosition position) {
        this.outer = CURRENT.get();
        this.source = source;
        this.level = level;
        this.required = position;
        this.shown = position;
        CURRENT.set(this);
    }

    /** The session of this thread. */
    public static Optional<FreshetSession> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** The level that its caller asked for, if any. */
    public Optional<Consistency> level() {
        return Optional.ofNullable(level);
    }

    /** Something was committed: the database is asked for its position before that is needed next. */
    public void wrote() {
        locked(() -> {
            dirty = true;
            return null;
        });
    }

    /** Another service told this position: reads from now on do not miss what was committed up to it. */
    public void learned(WalPosition position) {
        locked(() -> {
            required = later(required, position);
            shown = later(shown, position);
            return null;
        });
    }

    /** A read showed a value of this position. */
    public void read(WalPosition position) {
        locked(() -> {
            shown = later(shown, position);
            return null;
        });
    }

    /** What reads must not miss. Asks the database if this session has written since. Empty: nothing in particular. */
    public Optional<WalPosition> required() {
        return locked(() -> {
            settle();
            return Optional.ofNullable(required);
        });
    }

    /** Whether this session wrote, and nobody could tell where: then only the database answers. */
    public boolean isUnproven() {
        return locked(() -> {
            settle();
            return dirty;
        });
    }

    /** The latest position of what this session wrote, was told and read: for whoever goes on with it. */
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

    /** After the database was moved, the position of the former cluster means nothing any more. */
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

    /** Ends the session; the thread has the one again that it had before. */
    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
