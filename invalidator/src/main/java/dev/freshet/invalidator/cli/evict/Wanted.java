// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import dev.freshet.core.plan.Eviction;
import java.util.List;

/**
 * What is to be evicted.
 *
 * @param why lines for people: by which line of the mapping
 */
record Wanted(List<Eviction> evictions, List<String> why) {
    Wanted {
        evictions = List.copyOf(evictions);
        why = List.copyOf(why);
    }

    /** It cannot be evicted; the message says why, and what was expected. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
