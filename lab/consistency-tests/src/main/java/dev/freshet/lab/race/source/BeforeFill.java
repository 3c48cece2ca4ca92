// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import dev.freshet.lab.race.world.View;
import java.util.List;

/** What happens between a load and its fill. Thread-safe. */
@FunctionalInterface
public interface BeforeFill {
    /** Nothing: what was loaded is stored at once. */
    BeforeFill NOTHING = loaded -> {};

    /** Returns when the load may go on. */
    void await(List<View> loaded) throws InterruptedException;
}
