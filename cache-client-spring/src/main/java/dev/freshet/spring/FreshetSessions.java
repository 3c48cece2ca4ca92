// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.WalPosition;

/** Opens sessions, for example one for each message that a listener handles. A bean; thread-safe. */
public final class FreshetSessions {
    private final PositionSource source;

    public FreshetSessions(PositionSource source) {
        this.source = source;
    }

    /** Opens a session without a position, and binds it to this thread. Must be closed in the same thread. */
    public FreshetSession open() {
        return open(null, null);
    }

    /**
     * Opens a session that continues another one, and binds it to this thread. Must be closed in the same thread.
     *
     * @param level for its reads; null for the configured level
     * @param position that its reads must not miss; null for none
     */
    public FreshetSession open(Consistency level, WalPosition position) {
        return new FreshetSession(source, level, position);
    }
}
