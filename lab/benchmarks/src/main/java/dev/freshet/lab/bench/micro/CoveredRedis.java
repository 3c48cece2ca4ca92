// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.FreshetCacheBuilder;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import java.util.Set;

/** A Redis of its own, in which readers store values. No invalidator is needed, as nothing changes. */
final class CoveredRedis implements AutoCloseable {
    private static final Set<String> KINDS = Set.of("task", "org");

    private final RedisServer server = RedisServer.start();

    CoveredRedis() {
        try (var raw = new RawRedis(server.uri())) {
            raw.promise("ctx", new Contract("bench", "c0ffee", new Coverage(KINDS, KINDS)).fields());
        }
    }

    String uri() {
        return server.uri();
    }

    /** Of a cache with default settings. */
    FreshetCacheBuilder cache() {
        return FreshetCache.builder().redis(server.uri()).namespace("ctx");
    }

    @Override
    public void close() {
        server.close();
    }
}
