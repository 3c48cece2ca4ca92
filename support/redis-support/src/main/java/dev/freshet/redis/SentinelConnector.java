// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connects to the master that the Sentinels name. They are asked on every connect and reconnect, and periodically.
 * After a failover the old master may keep running for seconds; a client that stays with it writes data that will be
 * lost, and reads stale data.
 */
final class SentinelConnector<K, V> implements Connector<K, V> {
    private final StandaloneConnector<K, V> master;
    private final Map<RedisChannelHandler<?, ?>, SocketAddress> peers = new ConcurrentHashMap<>();

    private SentinelConnector(StandaloneConnector<K, V> master) {
        this.master = master;
        master.client().addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress peer) {
                peers.put(connection, peer);
            }

            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                peers.remove(connection);
            }
        });
    }

    static <K, V> SentinelConnector<K, V> of(LinkSettings settings, ClientResources resources, RedisCodec<K, V> codec) {
        return new SentinelConnector<>(StandaloneConnector.of(settings, resources, codec));
    }

    @Override
    public RedisClient client() {
        return master.client();
    }

    @Override
    public CompletionStage<LiveConnection<K, V>> connect() {
        return master.connect();
    }

    @Override
    public boolean mayMove() {
        return true;
    }

    @Override
    public CompletionStage<Boolean> isStillRight(LiveConnection<K, V> standing) {
        return client().connectSentinelAsync(StringCodec.UTF8, master.uri())
                .thenCompose(sentinel -> named(sentinel).whenComplete((named, failure) -> sentinel.closeAsync()))
                .thenApply(named -> {
                    var peer = peers.get(standing.connection());
                    // One that is down just now asks the Sentinels itself.
                    return peer == null || named == null || same(peer, named);
                });
    }

    private CompletionStage<SocketAddress> named(StatefulRedisSentinelConnection<String, String> sentinel) {
        return sentinel.async().getMasterAddrByName(master.uri().getSentinelMasterId());
    }

    /** Compares by host and port, as one address may be resolved and the other not. */
    private static boolean same(SocketAddress one, SocketAddress other) {
        return one instanceof InetSocketAddress a && other instanceof InetSocketAddress b
                ? a.getPort() == b.getPort() && a.getHostString().equals(b.getHostString())
                : one.equals(other);
    }
}
