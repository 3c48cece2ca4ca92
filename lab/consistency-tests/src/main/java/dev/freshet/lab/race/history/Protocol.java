// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a cache is kept fresh. */
public enum Protocol {
    /** Freshet. */
    FRESHET,
    /** Plain GET, and SET after a miss, with keys of their own; Freshet's invalidator evicts these keys, too. */
    PLAIN,
    /** GET; after a miss, load and SET. The writer deletes the keys after its commit. */
    CACHE_ASIDE,
    /**
     * A miss hands out a lease, a delete revokes it, and a SET requires it. Keys are deleted when the change stream
     * reports the commit.
     */
    LEASE_ONLY,
    /** Nothing is deleted; entries expire. */
    TTL_ONLY;

    /** The spelling in options and reports, such as {@code cache-aside}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is no such protocol; the message lists the protocols */
    public static Protocol of(String label) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is not a protocol; expected one of "
                        + Arrays.stream(values()).map(Protocol::label).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return label();
    }
}
