// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.OptionalInt;

/** A connection that was made once, and may be down now. */
interface LiveConnection<K, V> {
    /** Whether commands may be sent; some may still fail. */
    boolean isUsable();

    /** Whether a server is connected now, as far as this can be determined. */
    default boolean isOpen() {
        return connection().isOpen();
    }

    StatefulConnection<K, V> connection();

    RedisClusterAsyncCommands<K, V> commands();

    List<MasterLink<K, V>> masters();

    OptionalInt positionIndex(int slot);

    default void closeAsync() {
        connection().closeAsync();
    }
}
