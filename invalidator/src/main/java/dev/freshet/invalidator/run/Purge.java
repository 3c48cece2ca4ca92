// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.evict.Evictor;
import dev.freshet.invalidator.source.Gap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the namespace. */
final class Purge {
    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

    private final Evictor evictor;
    private final List<String> keyGlobs;
    private final RunMetrics metrics;

    /**
     * Keys of readers that fill the cache themselves carry no tag: their templates' globs are all there is to find them by.
     * A template that starts with little text reaches keys that are not Freshet's; over-evicting is safe.
     */
    Purge(Evictor evictor, List<String> keyGlobs, RunMetrics metrics) {
        this.evictor = evictor;
        this.keyGlobs = keyGlobs;
        this.metrics = metrics;
    }

    void run(Gap gap) throws InterruptedException {
        run(gap, Set.of());
    }

    /**
     * Without its position, a namespace that is purged in part is purged again by the next start.
     *
     * @param more globs of keys that another mapping knew
     */
    void run(Gap gap, Set<String> more) throws InterruptedException {
        LOG.warn("purging the namespace, as changes may have been missed: {}", gap.why());
        evictor.withdraw();
        var globs = new LinkedHashSet<>(keyGlobs);
        globs.addAll(more);
        evictor.purge(globs, (fenceSets, keys) -> LOG.debug("purged {} fence sets, {} keys", fenceSets, keys));
        metrics.purged(gap.kind());
    }
}
