// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.reader;

import dev.freshet.lab.race.source.ConsistencyLevel;
import java.util.List;
import java.util.Random;

/** How often each level is used. Immutable. */
public final class LevelMix {
    private final List<ConsistencyLevel> levels;

    /** A mix of these levels. Strong reads, which never use the cache, are rare. */
    public LevelMix(List<ConsistencyLevel> levels) {
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("no level to read at");
        }
        this.levels = List.copyOf(levels);
    }

    ConsistencyLevel draw(Random random) {
        var level = levels.get(random.nextInt(levels.size()));
        return level == ConsistencyLevel.STRONG && levels.size() > 1 && random.nextInt(8) > 0 ? draw(random) : level;
    }
}
