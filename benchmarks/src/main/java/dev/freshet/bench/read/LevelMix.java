// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import java.util.List;
import java.util.Random;

/** How often each level is asked for. Immutable. */
public final class LevelMix {
    private final List<Level> levels;

    /** Of the levels given; strong, which never asks the cache, seldom. */
    public LevelMix(List<Level> levels) {
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("no level to read at");
        }
        this.levels = List.copyOf(levels);
    }

    Level draw(Random random) {
        var level = levels.get(random.nextInt(levels.size()));
        return level == Level.STRONG && levels.size() > 1 && random.nextInt(8) > 0 ? draw(random) : level;
    }
}
