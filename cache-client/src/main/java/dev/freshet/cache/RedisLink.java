// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Redis. It never holds anybody up: while it is down commands fail at once, and it comes up by itself,
 * the first time too.
 */
final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration DEAD_PEER = Duration.ofSeconds(5);

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI uri;
    private volatile StatefulRedisConnection<String, byte[]> connection;
    private volatile boolean closed;

    RedisLink(RedisURI uri, Duration commandTimeout, int requestQueueSize, Runnable onConnected) {
        this.uri = uri;
        this.resources = ClientResources.builder()
                // The default backs off to 30 s, which is that long without a cache after Redis is back.
                .reconnectDelay(Delay.equalJitter(Duration.ofMillis(20), RETRY, 2, TimeUnit.MILLISECONDS))
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(options(commandTimeout, requestQueueSize));
        client.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> handler, SocketAddress address) {
                onConnected.run();
            }
        });
    }

    private static ClientOptions options(Duration commandTimeout, int requestQueueSize) {
        return ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(requestQueueSize)
                .timeoutOptions(TimeoutOptions.enabled(commandTimeout))
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

    /** Connects, waiting at most that long; goes on trying in the background if it takes longer. */
    void open(Duration patience) throws InterruptedException {
        var attempted = new CountDownLatch(1);
        connect(attempted::countDown);
        if (!attempted.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Redis at {} has not answered for {} ms; reading on without a cache", uri, patience.toMillis());
        }
    }

    /**
     * Gives a connection up that no longer answers, and opens another: TCP alone takes a quarter of an hour to notice
     * that the other side is gone while something was sent.
     */
    void renew() {
        StatefulRedisConnection<String, byte[]> given;
        synchronized (this) {
            given = connection;
            connection = null;
        }
        if (given != null) {
            LOG.warn("Redis at {} does not answer; connecting anew", uri);
            given.closeAsync();
            connect(() -> {});
        }
    }

    private void connect(Runnable attempted) {
        if (closed) {
            return;
        }
        client.connectAsync(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), uri)
                .whenComplete((connected, failure) -> {
                    if (failure == null) {
                        connection = connected;
                        LOG.info("connected to Redis at {}", uri);
                    } else if (!closed) {
                        LOG.warn("cannot connect to Redis at {}, trying again: {}", uri, rootOf(failure));
                        resources
                                .eventExecutorGroup()
                                .schedule(() -> connect(() -> {}), RETRY.toMillis(), TimeUnit.MILLISECONDS);
                    }
                    attempted.run();
                });
    }

    RedisClusterAsyncCommands<String, byte[]> commands() throws RedisUnavailable {
        var standing = connection;
        if (standing == null || !standing.isOpen()) {
            throw new RedisUnavailable("not connected to Redis");
        }
        return standing.async();
    }

    boolean isConnected() {
        var standing = connection;
        return standing != null && standing.isOpen();
    }

    @Override
    public void close() {
        closed = true;
        var standing = connection;
        if (standing != null) {
            // Before the event loops go, or an attempt to reconnect is caught halfway.
            standing.closeAsync();
        }
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private static Throwable rootOf(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
