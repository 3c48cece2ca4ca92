// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.world.World;

/**
 * What all readers share.
 *
 * @param thinkMillis average pause between two reads
 */
record ReaderTools(
        World world,
        LevelMix levels,
        int thinkMillis,
        PositionWatch watch,
        Calm calm,
        Tallies tallies,
        Stored stored) {}
