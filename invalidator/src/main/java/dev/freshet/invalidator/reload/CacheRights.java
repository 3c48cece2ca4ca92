// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.reload;

import dev.freshet.model.mapping.Mapping;
import java.util.Optional;

/** Tells whether the cache allows all that a mapping evicts. Thread-safe. */
@FunctionalInterface
public interface CacheRights {
    /** The cache did not answer. The message says why, in a few words. */
    final class UnansweredException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnansweredException(String why) {
            super(why);
        }
    }

    /**
     * What the cache refuses, in its own words; empty if it allows everything.
     *
     * @throws UnansweredException if it does not answer
     */
    Optional<String> refusal(Mapping mapping) throws UnansweredException, InterruptedException;
}
