// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The connection to Redis, opened when first asked for and reopened by itself. While it is down new commands fail at
 * once; those that were under way are sent again when it is back, or time out.
 */
final class EvictorLink implements AutoCloseable {
    private static final Duration DEAD_PEER = Duration.ofSeconds(5);

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI uri;
    private StatefulRedisConnection<byte[], byte[]> connection;
    private boolean closed;

    EvictorLink(EvictorSettings settings, Limits limits) {
        uri = RedisURI.create(settings.redisUri());
        if (settings.password() != null && settings.user() != null) {
            uri.setAuthentication(settings.user(), settings.password());
        } else if (settings.password() != null) {
            uri.setAuthentication((CharSequence) settings.password());
        }
        uri.setClientName("freshet-invalidator");
        uri.setTimeout(limits.commandTimeout());
        resources = ClientResources.builder()
                // The default backs off to 30 s, which is that long stale after Redis is back.
                .reconnectDelay(
                        Delay.equalJitter(Duration.ofMillis(20), Duration.ofSeconds(1), 2, TimeUnit.MILLISECONDS))
                .build();
        client = RedisClient.create(resources);
        client.setOptions(options(limits));
    }

    private static ClientOptions options(Limits limits) {
        return ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(4 * limits.window())
                .timeoutOptions(TimeoutOptions.enabled(limits.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(2))
                        .keepAlive(SocketOptions.KeepAliveOptions.builder()
                                .enable()
                                .idle(DEAD_PEER)
                                .interval(Duration.ofSeconds(1))
                                .count(3)
                                .build())
                        .tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                                .enable(EpollProvider.isAvailable())
                                .tcpUserTimeout(DEAD_PEER)
                                .build())
                        .build())
                .build();
    }

    /**
     * For the next command.
     *
     * @throws RedisConnectionException if Redis cannot be reached now
     */
    synchronized RedisClusterAsyncCommands<byte[], byte[]> commands() {
        if (closed) {
            throw new IllegalStateException("the evictor is closed");
        }
        if (connection == null) {
            connection = client.connect(ByteArrayCodec.INSTANCE, uri);
        }
        if (!connection.isOpen()) {
            throw new RedisConnectionException("the connection to Redis is down");
        }
        return connection.async();
    }

    /**
     * Gives up a connection that no longer answers; the next command opens another. TCP alone takes a quarter of an hour
     * to notice that the other side is gone while something was sent.
     */
    synchronized void renew() {
        if (connection != null) {
            connection.closeAsync();
            connection = null;
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return uri.toString();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            renew();
        }
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
