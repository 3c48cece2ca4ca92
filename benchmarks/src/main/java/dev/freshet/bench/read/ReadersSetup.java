// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.world.World;
import dev.freshet.devservices.TestDatabase;
import java.util.List;
import java.util.Set;

/**
 * What readers need.
 *
 * @param thinkMillis average pause between two reads
 * @param redis the address, for a user with all permissions
 * @param namespace of the mapping
 * @param reader database for loads
 * @param superuser database for a replication slot
 */
public record ReadersSetup(
        World world,
        Set<Protocol> protocols,
        List<Level> levels,
        int thinkMillis,
        String redis,
        String namespace,
        TestDatabase reader,
        TestDatabase superuser,
        PositionWatch watch,
        Calm calm,
        Tallies tallies) {
    public ReadersSetup {
        protocols = Set.copyOf(protocols);
        levels = List.copyOf(levels);
    }
}
