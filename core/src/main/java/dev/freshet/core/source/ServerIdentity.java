// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.source;

import dev.freshet.protocol.Lsn;
import java.util.Map;

/**
 * Identifies one history of a PostgreSQL cluster.
 *
 * @param systemIdentifier created with the cluster, and shared by its standbys and backups
 * @param timeline changes with each promotion and each point-in-time restore
 * @param walEnd the end of its WAL at the time of the query
 * @param left the former timelines of this history, each with the WAL position at which it was left; empty if it was not
 *     asked for them
 */
public record ServerIdentity(String systemIdentifier, int timeline, Lsn walEnd, Map<Integer, Lsn> left) {
    public ServerIdentity {
        left = Map.copyOf(left);
    }

    /** Without its former timelines. */
    public ServerIdentity(String systemIdentifier, int timeline, Lsn walEnd) {
        this(systemIdentifier, timeline, walEnd, Map.of());
    }

    /** The same with its former timelines. */
    public ServerIdentity having(Map<Integer, Lsn> former) {
        return new ServerIdentity(systemIdentifier, timeline, walEnd, former);
    }

    /** Whether this position of that timeline is part of this history. */
    public boolean hasPassed(int former, Lsn position) {
        Lsn end = left.get(former);
        return end != null && !position.isAfter(end);
    }
}
