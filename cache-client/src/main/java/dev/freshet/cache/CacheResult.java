// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer to one read: a value, or the fact that there is none. Immutable if its value is. Each caller gets its own
 * instance of the value, except that views of byte arrays share the array.
 *
 * @param <T> type of the value
 */
public final class CacheResult<T> {
    private final T value;
    private final CacheStatus status;
    private final WalPosition position;
    private final Duration age;

    /** @param value null if what was asked for does not exist */
    CacheResult(T value, CacheStatus status, WalPosition position) {
        this(value, status, position, null);
    }

    /** @param age null if the value is not stale */
    CacheResult(T value, CacheStatus status, WalPosition position, Duration age) {
        this.age = age;
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
     * An upper bound in the WAL: the value shows no commit that lies after this position. Empty if the loader did not
     * report one. Can be passed to {@link Consistency#session}.
     */
    public Optional<WalPosition> position() {
        return Optional.ofNullable(position);
    }

    /**
     * For a {@link CacheStatus#STALE} value, how far out of date it may be at most: that long ago it was still a valid
     * answer at level eventual. Empty for every other status.
     */
    public Optional<Duration> age() {
        return Optional.ofNullable(age);
    }

    /** Omits the value, because row values do not belong in logs. */
    @Override
    public String toString() {
        return status.name() + (value == null ? ", absent" : ", present");
    }
}
