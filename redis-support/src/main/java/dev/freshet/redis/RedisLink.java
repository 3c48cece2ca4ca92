// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

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
 * The connection to Redis, whatever its topology. It never holds anybody up: while it is down commands fail at once, and
 * it comes up by itself, the first time too. Commands that were under way are sent again when it is back, or time out.
 * Thread-safe.
 *
 * @param <K> of keys
 * @param <V> of values
 */
public final class RedisLink<K, V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    private static final int CHECK_SECONDS = 1;

    private final RedisAddress address;
    private final ClientResources resources;
    private final Connector<K, V> connector;
    private final Runnable onConnected;
    private final CountDownLatch attempted = new CountDownLatch(1);
    /** On the connections themselves: the client's own listeners hear also of those that ask who is master. */
    private final RedisConnectionStateListener again = new RedisConnectionStateListener() {
        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress peer) {
            mended();
            onConnected.run();
        }
    };

    private final Causes causes = new Causes();
    private boolean opened;
    /** Why there is no connection, as was found last; null if that is not known, or there is one. */
    private volatile String problem;

    private volatile LiveConnection<K, V> standing;
    private volatile boolean closed;

    /**
     * Does not connect yet.
     *
     * @param onConnected called after every connection for commands was made, also when one of the servers that were
     *     there then was connected to again; not for those that only look for masters. Must not block
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

    RedisLink(
            RedisAddress address,
            ClientResources resources,
            Function<ClientResources, Connector<K, V>> connector,
            Runnable onConnected) {
        this.address = address;
        this.resources = resources;
        this.connector = connector.apply(resources);
        this.onConnected = onConnected;
        // A connection that broke is made anew by Lettuce, which tells nobody else why it cannot.
        resources.eventBus().get().ofType(ReconnectFailedEvent.class).subscribe(event -> failed(event.getCause()));
    }

    /**
     * Begins to connect, if nobody did, and waits at most that long for the first attempt. Further attempts go on in the
     * background.
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
     * Gives a connection up that no longer answers, or leads to a server that is no master any more, and makes another.
     * TCP alone takes a quarter of an hour to notice that the other side is gone while something was sent.
     */
    public void renew() {
        LiveConnection<K, V> given;
        synchronized (this) {
            given = standing;
            standing = null;
        }
        if (given != null) {
            LOG.warn("Redis at {} does not answer as it should; connecting anew", address);
            given.closeAsync();
            connect();
        }
    }

    /**
     * Renews if a command failed in such a way that the same connection will not do: the server became a replica.
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
                LOG.debug("cannot tell who is master of Redis at {}: {}", address, RedisFailures.describe(failure));
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
        String cause = RedisFailures.describe(failure, address);
        problem = cause;
        if (causes.isNews(cause)) {
            LOG.warn("cannot connect to Redis at {}, trying again and again: {}", address, cause);
        } else {
            LOG.debug("cannot connect to Redis at {}: {}", address, cause);
        }
    }

    private void mended() {
        problem = null;
        causes.clear();
    }

    /** An error on the spot is one like those that come later: what is repeated goes on. */
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
     * For the next command on a key. In a Cluster it goes where the key is.
     *
     * @throws NotConnectedException if there is no connection now
     */
    public RedisClusterAsyncCommands<K, V> commands() {
        return open().commands();
    }

    /**
     * The masters as they are known now, each by itself; in a Cluster those that serve slots, in the order of their ids.
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
     * One of them, if it still is one.
     *
     * @throws NotConnectedException if there is no connection now
     */
    public Optional<MasterLink<K, V>> master(String id) {
        return masters().stream().filter(master -> master.id().equals(id)).findFirst();
    }

    /**
     * The n of the position key on the master that serves a key, see {@link PositionIndex}. Empty if there is one master
     * for all.
     *
     * @throws NotConnectedException if there is no connection now, or nobody is known to serve the key
     */
    public OptionalInt positionIndex(String key) {
        return address.topology() == Topology.CLUSTER
                ? open().positionIndex(SlotHash.getSlot(key))
                : OptionalInt.empty();
    }

    /** Whether commands have a chance. Costs nothing. */
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
            // Before the event loops go, or an attempt to reconnect is caught halfway.
            last.closeAsync();
        }
        connector.client().shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** Where it leads, without the password. */
    @Override
    public String toString() {
        return address.toString();
    }
}
