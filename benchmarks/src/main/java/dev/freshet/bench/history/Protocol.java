// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a cache is kept from being stale. */
public enum Protocol {
    /** Ours. */
    FRESHET,
    /** GET, and SET after a miss, of keys with names of their own; ours evicts these, too. */
    PLAIN,
    /** Get; load and set after a miss; whoever writes deletes after the commit. */
    CACHE_ASIDE,
    /** A miss hands out a lease, a delete takes it back, and a set needs it. Deleted when the change stream tells. */
    LEASE_ONLY,
    /** Nothing is deleted; what is old expires. */
    TTL_ONLY;

    /** As it is spelled in options and reports: {@code cache-aside}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is none of that name; says which there are */
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
