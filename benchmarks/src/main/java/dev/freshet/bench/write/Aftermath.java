// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

import dev.freshet.bench.history.Write;
import dev.freshet.bench.world.View;
import java.util.List;

/** Is told of each transaction by the one who makes it: how other caches than Freshet's are kept. */
public interface Aftermath {
    /** This write is about to be sent; the views that it will make stale are known. */
    default void beginning(Write write, List<View> stale) {}

    /** It was rolled back. */
    default void rolledBack(Write write) {}

    /** The views that this committed write made stale are to go now. Must not throw: a writer has no time for caches. */
    void committed(Write write, List<View> stale);
}
