// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.history.Ticks;
import dev.freshet.bench.history.Write;
import dev.freshet.bench.world.View;
import dev.freshet.bench.write.Aftermath;
import io.lettuce.core.RedisException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cache-aside: the writer deletes keys after its commit. Keys that cannot be deleted at that moment stay, as is usual
 * with cache-aside.
 */
record WriterDeletes(PlainCache cache, String prefix, Protocol protocol) implements Aftermath {
    private static final Logger LOG = LoggerFactory.getLogger(WriterDeletes.class);

    @Override
    public void committed(Write write, List<View> stale) {
        try {
            cache.delete(stale.stream().map(view -> prefix + view.key()).toList());
            write.invalidated(protocol, Ticks.now());
        } catch (RedisException e) {
            LOG.debug("{} left stale values: {}", write, e.toString());
        }
    }
}
