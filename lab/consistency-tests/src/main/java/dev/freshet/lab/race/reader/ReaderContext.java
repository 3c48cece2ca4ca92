// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.reader;

import dev.freshet.lab.race.count.OverEvictionDetector;
import dev.freshet.lab.race.count.ReadCounters;
import dev.freshet.lab.race.redis.PositionWatch;
import dev.freshet.lab.race.redis.RedisDisturbance;
import dev.freshet.lab.race.world.World;

/**
 * What all readers share.
 *
 * @param thinkMillis average pause between two reads
 */
record ReaderContext(
        World world,
        LevelMix levels,
        int thinkMillis,
        PositionWatch watch,
        RedisDisturbance disturbance,
        ReadCounters counters,
        OverEvictionDetector overEvictions) {}
