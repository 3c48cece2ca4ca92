// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.writer;

import dev.freshet.lab.race.history.Write;
import dev.freshet.lab.race.world.View;
import java.util.List;

/** Is notified of each transaction by its writer. This is how the baselines maintain their caches. */
public interface WriteListener {
    /** The write is about to be sent; the views that it will make stale are known. */
    default void beginning(Write write, List<View> stale) {}

    /** The write was rolled back. */
    default void rolledBack(Write write) {}

    /**
     * The write was committed; the views that it made stale must be removed now. Must not throw, because writers do not
     * handle cache failures.
     */
    void committed(Write write, List<View> stale);
}
