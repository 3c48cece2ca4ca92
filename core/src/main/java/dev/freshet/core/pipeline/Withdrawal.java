// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Cache;

/**
 * Withdraws the position, and remembers why until a purge has made up for it: Redis does not say why a position is
 * missing. Outlives the streams, but not the process. One thread.
 */
public final class Withdrawal {
    private final Cache cache;
    private Gap why;

    public Withdrawal(Cache cache) {
        this.cache = cache;
    }

    /**
     * Withdraws the position for this reason.
     *
     * @throws InterruptedException as {@link Cache#withdraw} does. The reason is remembered even so
     */
    public void because(Gap gap) throws InterruptedException {
        why = gap;
        cache.withdraw();
    }

    /** The true reason for a purge. Where no position was found, that is why it was withdrawn, if this process did it. */
    public Gap reason(Gap found) {
        return found.kind() == Gap.Kind.NO_POSITION && why != null ? why : found;
    }

    /** A position is published again. */
    public void ended() {
        why = null;
    }
}
