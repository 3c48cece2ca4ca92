// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.evict;

import dev.freshet.core.cache.Masters;
import dev.freshet.core.source.ServerIdentity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a task has evicted before it could publish: the namespace, or what differs from the former mapping. That another
 * task has claimed the namespace meanwhile does not undo it.
 *
 * @param whole whether the whole namespace was evicted
 * @param server the database, before it was evicted
 * @param masters as they answered before
 */
record Evicted(boolean whole, ServerIdentity server, Masters masters) {
    /**
     * Whether nothing has happened since that would have to be evicted for: the masters and the history of the database
     * are the same, and nobody has published in between. A task of the former mapping that had published may have
     * finished batches.
     */
    boolean stillCounts(ServerIdentity serverNow, Masters mastersNow) {
        return isSameHistory(server, serverNow) && published(masters).equals(published(mastersNow));
    }

    static boolean isSameHistory(ServerIdentity one, ServerIdentity other) {
        return one.systemIdentifier().equals(other.systemIdentifier()) && one.timeline() == other.timeline();
    }

    /** Of each master, what changes with a restart, a failover and a publication, and with no withdrawal. */
    private static Set<List<Object>> published(Masters masters) {
        return masters.all().stream()
                .map(master -> List.<Object>of(
                        master.key(),
                        master.identity(),
                        master.holder(),
                        Optional.ofNullable(master.standing().mapping())))
                .collect(Collectors.toSet());
    }
}
