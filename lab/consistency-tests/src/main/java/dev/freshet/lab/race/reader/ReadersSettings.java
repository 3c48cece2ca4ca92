// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.reader;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.race.count.ReadCounters;
import dev.freshet.lab.race.fleet.Fleet;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.redis.PositionWatch;
import dev.freshet.lab.race.redis.RedisDisturbance;
import dev.freshet.lab.race.source.ConsistencyLevel;
import dev.freshet.lab.race.world.World;
import java.util.List;
import java.util.Set;

/**
 * What readers need.
 *
 * @param processes number of caches in this process, each as a process of its own
 * @param fleet processes that also read
 * @param thinkMillis average pause between two reads
 * @param redis the address, for a user with all permissions
 * @param namespace of the mapping
 * @param reader database for loads
 * @param superuser database for a replication slot
 */
public record ReadersSettings(
        World world,
        Set<Protocol> protocols,
        List<ConsistencyLevel> levels,
        int processes,
        Fleet fleet,
        int thinkMillis,
        String redis,
        String namespace,
        TestDatabase reader,
        TestDatabase superuser,
        PositionWatch watch,
        RedisDisturbance disturbance,
        ReadCounters counters) {
    public ReadersSettings {
        protocols = Set.copyOf(protocols);
        levels = List.copyOf(levels);
    }
}
