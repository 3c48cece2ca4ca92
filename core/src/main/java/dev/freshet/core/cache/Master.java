// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import java.util.Objects;
import java.util.Optional;

/**
 * What a Redis master reported about itself.
 *
 * @param key the key of its position
 * @param identity run id and replication id, {@code <run_id>:<master_replid>}: changes with a restart or a promotion
 * @param micros its {@code TIME}, in µs since 1970
 * @param position the position on it; it was published here, or replicated from the master where it was published.
 *     Empty if there is none, or it cannot be parsed
 * @param holder who published there last; kept when the position is withdrawn
 * @param publishedOn identity of the master that the position was published on; null if there is none
 * @param standing what is stored beside the position
 */
public record Master(
        String key,
        String identity,
        long micros,
        Optional<Position> position,
        Optional<Holder> holder,
        String publishedOn,
        Standing standing) {
    /** Without anything beside the position. */
    public Master(
            String key,
            String identity,
            long micros,
            Optional<Position> position,
            Optional<Holder> holder,
            String publishedOn) {
        this(key, identity, micros, position, holder, publishedOn, Standing.NONE);
    }

    public Master {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(standing, "standing");
    }

    /** Whether the position was published here, so that every eviction that it covers was made here. */
    public boolean publishedHere() {
        return position.isPresent() && identity.equals(publishedOn);
    }
}
