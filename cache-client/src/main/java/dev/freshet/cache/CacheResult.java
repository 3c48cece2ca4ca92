// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.Objects;
import java.util.Optional;

/**
 * The answer to one read: a value, or that there is none. Immutable, as far as its value is. Each caller gets a value of
 * its own, except that views of arrays share them.
 *
 * @param <T> type of the value
 */
public final class CacheResult<T> {
    private final T value;
    private final CacheStatus status;
    private final WalPosition position;

    /** @param value null if what was asked for does not exist */
    CacheResult(T value, CacheStatus status, WalPosition position) {
        this.value = value;
        this.status = Objects.requireNonNull(status, "status");
        this.position = position;
    }

    /** How the read was answered. */
    public CacheStatus status() {
        return status;
    }

    /** False if what was asked for does not exist. */
    public boolean isPresent() {
        return value != null;
    }

    /** The value. Empty if what was asked for does not exist. */
    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /**
     * An upper bound in the WAL: no commit that the value shows lies after this position. Empty if the loader did not
     * report one. Can be passed to {@link Consistency#session}.
     */
    public Optional<WalPosition> position() {
        return Optional.ofNullable(position);
    }

    /** Omits the value: row values do not belong in logs. */
    @Override
    public String toString() {
        return status.name() + (value == null ? ", absent" : ", present");
    }
}
