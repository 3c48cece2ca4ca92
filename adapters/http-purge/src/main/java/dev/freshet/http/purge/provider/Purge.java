// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.util.List;
import java.util.UUID;

/**
 * What one request purges. Immutable.
 *
 * @param id the same for each attempt to deliver it
 * @param keys surrogate keys; empty for everything
 */
public record Purge(String id, List<String> keys) {
    public Purge {
        keys = List.copyOf(keys);
    }

    /** @param keys empty for everything */
    public static Purge of(List<String> keys) {
        return new Purge(UUID.randomUUID().toString(), keys);
    }

    public boolean isEverything() {
        return keys.isEmpty();
    }

    /** Without the keys: row values do not belong in logs. */
    @Override
    public String toString() {
        return isEverything() ? "purge of everything" : "purge of " + keys.size() + " keys";
    }
}
