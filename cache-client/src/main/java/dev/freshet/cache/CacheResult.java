// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer to one read: a JSON text, or that there is none. Immutable, as long as nobody writes to the array of
 * {@link #bytes()}: callers that were answered by one load share it.
 */
public final class CacheResult {
    private final byte[] json;
    private final CacheStatus status;
    private final WalPosition position;

    CacheResult(byte[] json, CacheStatus status, WalPosition position) {
        this.json = json;
        this.status = Objects.requireNonNull(status, "status");
        this.position = position;
    }

    /** How the read was answered. */
    public CacheStatus status() {
        return status;
    }

    /** False if what was asked for does not exist. */
    public boolean isPresent() {
        return json != null;
    }

    /** The value as UTF-8 JSON, not copied: do not change it. Empty if what was asked for does not exist. */
    public Optional<byte[]> bytes() {
        return Optional.ofNullable(json);
    }

    /** The value as JSON. Empty if what was asked for does not exist. */
    public Optional<String> json() {
        return bytes().map(utf8 -> new String(utf8, StandardCharsets.UTF_8));
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
        return status.name() + (json == null ? ", absent" : ", " + json.length + " bytes");
    }
}
