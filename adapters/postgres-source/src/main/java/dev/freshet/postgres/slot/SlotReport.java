// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.slot;

import dev.freshet.core.source.SlotInfo;
import java.time.Instant;
import java.util.List;

/**
 * A slot as an operator wants to see it.
 *
 * @param now the time of the database
 * @param retention what it makes PostgreSQL keep
 * @param active the instance that works on it, or null
 * @param standbys instances that wait to take over
 */
public record SlotReport(Instant now, SlotInfo slot, Retention retention, Instance active, List<Instance> standbys) {
    public SlotReport {
        standbys = List.copyOf(standbys);
    }

    /**
     * An invalidator, by the connection that has the slot's lock or waits for it.
     *
     * @param pid of PostgreSQL's process
     * @param name its {@code application_name}
     * @param address of the invalidator; null if the role may not see it, or it is on the server itself
     * @param since when it connected; null if the role may not see it
     */
    public record Instance(int pid, String name, String address, Instant since) {
        @Override
        public String toString() {
            return name + (address == null ? "" : " from " + address) + (since == null ? "" : " since " + since)
                    + " (process " + pid + " of PostgreSQL)";
        }
    }
}
