// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.evict.Cache;
import dev.freshet.invalidator.source.Gap;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the namespace. */
final class Purge {
    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

    private final Cache cache;
    private final List<String> keyGlobs;
    private final RunMetrics metrics;
    private final KeyPatternSource patterns;

    /**
     * Keys of readers that fill the cache themselves carry no tag: what their templates can have made is all there is to
     * find them by. A template with a column of text reaches every key that starts and ends like it.
     */
    Purge(Cache cache, List<String> keyGlobs, RunMetrics metrics, KeyPatternSource patterns) {
        this.cache = cache;
        this.keyGlobs = keyGlobs;
        this.metrics = metrics;
        this.patterns = patterns;
    }

    void run(Gap gap) throws InterruptedException {
        run(gap, FormerMapping.SAME);
    }

    /**
     * Without its position, a namespace that is purged in part is purged again by the next start.
     *
     * @param former whose keys nobody else may know any more
     */
    void run(Gap gap, FormerMapping former) throws InterruptedException {
        LOG.warn("purging the namespace, as changes may have been missed: {}", gap.why());
        cache.withdraw();
        var globs = new LinkedHashSet<>(keyGlobs);
        globs.addAll(former.keyGlobs());
        cache.recognise(patterns.with(former.keyRules()));
        cache.purge(globs, (fenceSets, keys) -> LOG.debug("purged {} fence sets, {} keys", fenceSets, keys));
        metrics.purged(gap.kind());
    }
}
