// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.scale;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/** GET, and on a miss the origin and SET PX: nobody evicts. */
final class ExpiringReads implements ReadPath {
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final long lifetimeMillis;
    private final BitSet seen = new BitSet();

    ExpiringReads(String redisUri, long lifetimeMillis) {
        client = RedisClient.create(redisUri);
        connection = client.connect();
        this.lifetimeMillis = lifetimeMillis;
    }

    @Override
    public long read(long id, Origin origin) throws SQLException {
        String key = "item:" + id;
        String cached = connection.sync().get(key);
        if (cached != null) {
            return Long.parseLong(cached);
        }
        long version = origin.version();
        connection.sync().set(key, Long.toString(version), SetArgs.Builder.px(lifetime(id)));
        return version;
    }

    /** The first one of each value is random, as if it had been stored at any time before. */
    private synchronized long lifetime(long id) {
        if (seen.get((int) id)) {
            return lifetimeMillis;
        }
        seen.set((int) id);
        return ThreadLocalRandom.current().nextLong(lifetimeMillis) + 1;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
