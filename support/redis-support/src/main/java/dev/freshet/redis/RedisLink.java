// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import dev.freshet.redis.answer.Causes;
import dev.freshet.redis.answer.NotConnectedException;
import dev.freshet.redis.answer.RedisFailures;
import dev.freshet.redis.wire.Wire;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.resource.ClientResources;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Redis, whatever its topology. Commands never wait for it: while it is down they fail at once. It
 * connects and reconnects by itself. Commands in flight are sent again on reconnect, or time out. Thread-safe.
 *
 * @param <K> type of keys
 * @param <V> type of values
 */
public final class RedisLink<K, V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    private static final int CHECK_SECONDS = 1;

    private final RedisAddress address;
    private final ClientResources resources;
    private final Connector<K, V> connector;
    private final Runnable onConnected;
    private final CountDownLatch attempted = new CountDownLatch(1);
    /**
     * Added to the connections themselves: listeners of the client also hear of connections that only look for the
     * master.
     */
    private final RedisConnectionStateListener again = new RedisConnectionStateListener() {
        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress peer) {
            mended();
            onConnected.run();
        }
    };

    private final Causes causes = new Causes();
    private boolean opened;
    /** The last known reason why there is no connection; null if it is unknown, or if there is a connection. */
    private volatile String problem;

    private volatile LiveConnection<K, V> standing;
    private volatile boolean closed;

    /**
     * Does not connect yet.
     *
     * @param onConnected called after each connection for commands is made, and after a reconnect to one of the masters
     *     that were connected then; not called for connections that only look for masters. Must not block
     */
    public RedisLink(LinkSettings settings, RedisCodec<K, V> codec, Runnable onConnected) {
        this(
                settings.address(),
                Options.resources(),
                resources -> switch (settings.address().topology()) {
                    case STANDALONE -> StandaloneConnector.of(settings, resources, codec);
                    case SENTINEL -> SentinelConnector.of(settings, resources, codec);
                    case CLUSTER -> ClusterConnector.of(settings, resources, codec);
                },
                onConnected);
    }

    /**
     * As above, but over this wire in place of a network; the address is only told.
     *
     * @param onConnected as above
     */
    public RedisLink(LinkSettings settings, Wire wire, RedisCodec<K, V> codec, Runnable onConnected) {
        this(
                settings.address(),
                Options.resources(),
                resources -> StandaloneConnector.Wired.of(wire, settings, resources, codec),
                onConnected);
    }

    RedisLink(
            RedisAddress address,
            ClientResources resources,
            Function<ClientResources, Connector<K, V>> connector,
            Runnable onConnected) {
        this.address = address;
        this.resources = resources;
        this.connector = connector.apply(resources);
        this.onConnected = onConnected;
        // Lettuce reconnects a broken connection by itself. Only this event says why it cannot.
        resources.eventBus().get().ofType(ReconnectFailedEvent.class).subscribe(event -> failed(event.getCause()));
    }

    /**
     * Starts to connect, if not yet started, and waits at most that long for the first attempt. Further attempts
     * continue in the background.
     *
     * @return whether the first attempt is over
     */
    public boolean open(Duration patience) throws InterruptedException {
        synchronized (this) {
            if (!opened) {
                opened = true;
                connect();
                if (connector.mayMove()) {
                    resources
                            .eventExecutorGroup()
                            .scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
                }
            }
        }
        return attempted.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Closes a connection that no longer answers, or that leads to a server that is no longer a master, and makes a new
     * one. TCP alone takes a quarter of an hour to detect a dead peer while sent data is outstanding.
     */
    public void renew() {
        LiveConnection<K, V> given;
        synchronized (this) {
            given = standing;
            standing = null;
        }
        if (given != null) {
            LOG.warn("Redis at {} does not answer as expected; reconnecting", address);
            given.closeAsync();
            connect();
        }
    }

    /**
     * Renews the connection if a command failed because the server became a replica.
     *
     * @param failure null: none
     */
    public void renewAfter(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisReadOnlyException) {
                renew();
                return;
            }
        }
    }

    private void check() {
        var now = standing;
        if (now == null || closed) {
            return;
        }
        tried(() -> connector.isStillRight(now)).whenComplete((right, failure) -> {
            if (failure != null) {
                LOG.debug("cannot find the master of Redis at {}: {}", address, RedisFailures.describe(failure));
            } else if (!right && standing == now) {
                renew();
            }
        });
    }

    private void connect() {
        if (closed) {
            return;
        }
        tried(connector::connect).whenComplete((connected, failure) -> {
            try {
                if (failure == null) {
                    connected(connected);
                } else if (!closed) {
                    failed(failure);
                    resources
                            .eventExecutorGroup()
                            .schedule(this::connect, Options.RETRY.toMillis(), TimeUnit.MILLISECONDS);
                }
            } finally {
                attempted.countDown();
            }
        });
    }

    private void failed(Throwable failure) {
        if (closed) {
            return;
        }
        String cause = RedisFailures.describe(failure, address.user());
        problem = cause;
        if (causes.isNews(cause)) {
            LOG.warn("cannot connect to Redis at {}, retrying: {}", address, cause);
        } else {
            LOG.debug("cannot connect to Redis at {}: {}", address, cause);
        }
    }

    private void mended() {
        problem = null;
        causes.clear();
    }

    /** Turns an exception thrown at once into a failed stage, so that repeated attempts go on. */
    private static <T> CompletionStage<T> tried(Supplier<CompletionStage<T>> attempt) {
        try {
            return attempt.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void connected(LiveConnection<K, V> connected) {
        synchronized (this) {
            if (!closed) {
                standing = connected;
                mended();
                LOG.info("connected to Redis at {}", address);
            }
        }
        if (closed) {
            connected.closeAsync();
            return;
        }
        for (var master : connected.masters()) {
            master.connection().ifPresent(connection -> connection.addListener(again));
        }
        onConnected.run();
    }

    /**
     * The API for the next command on a key. In a Cluster the command goes to the node that serves the key.
     *
     * @throws NotConnectedException if there is no connection now
     */
    public RedisClusterAsyncCommands<K, V> commands() {
        return open().commands();
    }

    /**
     * The masters known now, each by itself; in a Cluster those that serve slots, ordered by id.
     *
     * @throws NotConnectedException if there is no connection now
     */
    public List<MasterLink<K, V>> masters() {
        var masters = open().masters();
        if (masters.isEmpty()) {
            throw new NotConnectedException("no node of the Cluster is known to serve a slot");
        }
        return masters;
    }

    /**
     * The master with this id, if it still is a master.
     *
     * @throws NotConnectedException if there is no connection now
     */
    public Optional<MasterLink<K, V>> master(String id) {
        return masters().stream().filter(master -> master.id().equals(id)).findFirst();
    }

    /**
     * The number n in the position key on the master that serves a key, see {@link PositionIndex}. Empty if there is
     * only one master.
     *
     * @throws NotConnectedException if there is no connection now, or no master is known to serve the key
     */
    public OptionalInt positionIndex(String key) {
        return address.topology() == Topology.CLUSTER
                ? open().positionIndex(SlotHash.getSlot(key))
                : OptionalInt.empty();
    }

    /** Whether a command has a chance to succeed now. Does no I/O. */
    public boolean isConnected() {
        var now = standing;
        return now != null && now.isOpen();
    }

    public boolean isClosed() {
        return closed;
    }

    public RedisAddress address() {
        return address;
    }

    private LiveConnection<K, V> open() {
        var now = standing;
        if (now == null || !now.isUsable()) {
            String why = problem;
            throw new NotConnectedException("not connected to Redis" + (why == null ? "" : ": " + why));
        }
        return now;
    }

    /** Closes every connection. Commands fail from now on. */
    @Override
    public void close() {
        LiveConnection<K, V> last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = standing;
            standing = null;
        }
        if (last != null) {
            // Before the event loops stop, or an attempt to reconnect is cut off halfway.
            last.closeAsync();
        }
        connector.client().shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** The address, without user and password. */
    @Override
    public String toString() {
        return address.toString();
    }
}
