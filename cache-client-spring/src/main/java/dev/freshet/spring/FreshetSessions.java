// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.WalPosition;

/** Begins sessions, such as one for each message that a listener handles. A bean; thread-safe. */
public final class FreshetSessions {
    private final PositionSource source;

    public FreshetSessions(PositionSource source) {
        this.source = source;
    }

    /** A session that has seen nothing. To be closed in the same thread. */
    public FreshetSession open() {
        return open(null, null);
    }

    /**
     * A session that goes on with another one.
     *
     * @param level for its reads; null: as configured
     * @param position that its reads must not miss; null for none
     */
    public FreshetSession open(Consistency level, WalPosition position) {
        return new FreshetSession(source, level, position);
    }
}
