// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.KeyPatternSource;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the namespace. */
public final class Purge {
    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

    private final Cache cache;
    private final Withdrawal withdrawal;
    private final List<String> keyGlobs;
    private final PipelineListener listener;
    private final KeyPatternSource patterns;

    /**
     * Keys of readers that fill the cache themselves have no tag, so they can only be found by the patterns of their
     * templates. A template with a text column matches every key with the same beginning and end.
     */
    public Purge(
            Cache cache,
            Withdrawal withdrawal,
            List<String> keyGlobs,
            PipelineListener listener,
            KeyPatternSource patterns) {
        this.cache = cache;
        this.withdrawal = withdrawal;
        this.keyGlobs = keyGlobs;
        this.listener = listener;
        this.patterns = patterns;
    }

    public void run(Gap gap) throws InterruptedException {
        run(gap, FormerMapping.SAME);
    }

    /**
     * Withdraws the position first, so that if the purge stops halfway, the next start purges the namespace again.
     *
     * @param former the mapping used so far; its keys are purged as well, as the current mapping may not have them
     */
    public void run(Gap gap, FormerMapping former) throws InterruptedException {
        LOG.warn("purging the namespace, as changes may have been missed: {}", gap.why());
        withdrawal.because(gap);
        var globs = new LinkedHashSet<>(keyGlobs);
        globs.addAll(former.keyGlobs());
        cache.recognise(patterns.with(former.keyRules()));
        cache.purge(globs, (fenceSets, keys) -> LOG.debug("purged {} fence sets, {} keys", fenceSets, keys));
        listener.purged(gap.kind());
    }

    /** To be called once a position is published. Until then, a next purge would be for the same reason. */
    public void ended() {
        withdrawal.ended();
    }
}
