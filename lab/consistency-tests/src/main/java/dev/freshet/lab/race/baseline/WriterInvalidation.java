// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.baseline;

import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.history.RunClock;
import dev.freshet.lab.race.history.Write;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.writer.WriteListener;
import io.lettuce.core.RedisException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cache-aside: the writer deletes keys after its commit. Keys that cannot be deleted at that moment stay, as is usual
 * with cache-aside.
 */
public record WriterInvalidation(PlainCache cache, String prefix, Protocol protocol) implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(WriterInvalidation.class);

    @Override
    public void committed(Write write, List<View> stale) {
        try {
            cache.delete(stale.stream().map(view -> prefix + view.key()).toList());
            write.invalidated(protocol, RunClock.now());
        } catch (RedisException e) {
            LOG.debug("{} left stale values: {}", write, e.toString());
        }
    }
}
