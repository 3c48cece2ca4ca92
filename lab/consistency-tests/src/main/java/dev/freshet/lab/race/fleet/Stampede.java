// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.lab.race.redis.RedisConnection;
import dev.freshet.lab.race.world.World;
import dev.freshet.protocol.CacheKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * Many readers, shared out among the processes of a fleet, which all read one key at once that has just been removed from Redis.
 * Nobody else reads it.
 *
 * @param readers of all processes
 * @param processes that they belong to
 * @param loads in each round: how often the database was asked for the value
 * @param failures of all rounds: readers that got no value
 */
public record Stampede(int readers, int processes, List<Long> loads, long failures) {
    private static final int ROUNDS = 5;

    public Stampede {
        loads = List.copyOf(loads);
    }

    /** Lets them run, in rounds. The run must be at rest. */
    public static Stampede run(Fleet fleet, int readers, World world, RedisConnection redis, CacheKeys keys)
            throws InterruptedException {
        var key = StampedeReaders.key(world);
        var entry = keys.entry(
                key.isolate(), key.view().entity(), key.id(), key.view().name());
        var loads = new ArrayList<Long>();
        long failures = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < fleet.size(); i++) {
                int more = i < readers % fleet.size() ? 1 : 0;
                fleet.process(i).say("stampede " + (readers / fleet.size() + more));
            }
            for (int i = 0; i < fleet.size(); i++) {
                fleet.process(i).expect("poised");
            }
            redis.redis().unlink(entry);
            for (int i = 0; i < fleet.size(); i++) {
                fleet.process(i).say("go");
            }
            long made = 0;
            for (int i = 0; i < fleet.size(); i++) {
                var told = fleet.process(i).expect("stampeded");
                made += Long.parseLong(told[1]);
                failures += Long.parseLong(told[2]);
            }
            loads.add(made);
        }
        return new Stampede(readers, fleet.size(), loads, failures);
    }

    /** Whether each round took one load, and all got the value. */
    public boolean isOneLoad() {
        return failures == 0 && loads.stream().allMatch(made -> made == 1);
    }

    @Override
    public String toString() {
        return "%,d readers in %d processes, %d times: loads %s%s"
                .formatted(readers, processes, loads.size(), loads, failures == 0 ? "" : ", no value " + failures);
    }
}
