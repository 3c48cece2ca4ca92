// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.scale;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import java.sql.SQLException;

/** The library cache-client with its default settings. */
final class FreshetReads implements ReadPath {
    private static final CacheView<String> ITEM = CacheView.json("item", "own");

    private final FreshetCache cache;

    FreshetReads(String redisUri) {
        cache = FreshetCache.builder().redis(redisUri).namespace("bench").build();
    }

    @Override
    public long read(long id, Origin origin) throws SQLException {
        return cache.get(ITEM.key(id), () -> Loaded.of(Long.toString(origin.version())))
                .value()
                .map(Long::parseLong)
                .orElseThrow();
    }

    @Override
    public void close() {
        cache.close();
    }
}
