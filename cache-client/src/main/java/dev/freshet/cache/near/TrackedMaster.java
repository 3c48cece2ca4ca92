// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.PositionField;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One master. It reports changed keys on the connection that reads from it. Holds the last proof that no report was
 * missed. See decision 0009. Thread-safe.
 *
 * <p>A proof takes two requests, the second sent after the first was answered. Redis sends the notices of one turn of
 * its event loop after the replies of that turn, so the first reply may overtake notices of earlier changes. The second
 * reply belongs to a later turn. Both requests ask whether this connection is tracked, as a new one is not. In a
 * Cluster, a node that is no longer a master refuses to return its position, and so proves nothing.
 */
final class TrackedMaster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrackedMaster.class);

    /** Fields of the position: first what it proves, from the third on the contract. */
    private static final String[] FIELDS = Stream.of(
                    List.of(PositionField.LSN, PositionField.HELD_AT),
                    Contract.COVERAGE,
                    List.of(PositionField.SYSTEM, PositionField.DATABASE))
            .flatMap(List::stream)
            .toArray(String[]::new);

    /** The reply of CLIENT GETREDIR on a connection that is not tracked. */
    private static final long NOT_TRACKED = -1;

    private final StatefulRedisConnection<String, byte[]> connection;
    private final String prefix;
    private final String positionKey;
    private final LoaderDatabase database;
    private final InvalidationClock notices;
    private final TrackingListener listener;
    private final PushListener pushes;
    private final RedisConnectionStateListener again;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicLong floor = new AtomicLong();
    private volatile FreshnessProof proof;
    private volatile List<String> contract = List.of();
    private boolean closed;

    /** Receives what Redis reports. Called in the threads that read from Redis: must not block. */
    interface TrackingListener {
        /** A key changed. */
        void changed(byte[] key);

        /** A proof is needed soon. */
        void soon();
    }

    /**
     * @param prefix of all keys that matter
     * @param database that loaders read
     */
    TrackedMaster(
            StatefulRedisConnection<String, byte[]> connection,
            String prefix,
            String positionKey,
            LoaderDatabase database,
            InvalidationClock notices,
            TrackingListener listener) {
        this.connection = connection;
        this.notices = notices;
        this.prefix = prefix;
        this.positionKey = positionKey;
        this.database = database;
        this.listener = listener;
        this.pushes = this::told;
        this.again = new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> same, SocketAddress peer) {
                forget();
                listener.soon();
            }
        };
        connection.addListener(pushes);
        connection.addListener(again);
    }

    StatefulRedisConnection<String, byte[]> connection() {
        return connection;
    }

    /** The last proof; null if there is none yet. */
    FreshnessProof proof() {
        return proof;
    }

    /**
     * Values that were requested before this {@link InvalidationClock#now() moment} must not be used. To check a value
     * by a proof, read the proof first and the floor after it.
     */
    long floor() {
        return floor.get();
    }

    /** Starts one attempt at a proof, unless one is under way. Does not wait for the result. */
    void prove() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        try {
            ask(connection.async()).whenComplete(this::ended);
        } catch (RuntimeException e) {
            ended(null, e);
        }
    }

    private void ended(FreshnessProof found, Throwable failure) {
        if (found != null) {
            proof = found;
        }
        asking.set(false);
        if (failure != null) {
            LOG.debug("cannot prove that the near cache receives every change: {}", failure.toString());
        } else if (found == null) {
            listener.soon();
        }
    }

    /** Completes with null if the connection was not tracked. */
    private CompletionStage<FreshnessProof> ask(RedisAsyncCommands<String, byte[]> redis) {
        long asked = System.nanoTime();
        long before = floor();
        var tracking = redis.clientGetredir();
        var position = redis.hmget(positionKey, FIELDS);
        var answers = position.thenCombine(redis.time(), (fields, time) -> proof(asked, before, fields, time));
        return tracking.thenCompose(to -> to == NOT_TRACKED
                ? track(redis)
                : answers.thenCompose(
                        proof -> redis.clientGetredir().thenApply(still -> still == NOT_TRACKED ? null : proof)));
    }

    /**
     * Redis may have started tracking although its reply was lost or late. So everything requested before is dropped,
     * even on failure.
     */
    private synchronized CompletionStage<FreshnessProof> track(RedisAsyncCommands<String, byte[]> redis) {
        if (closed) {
            return CompletableFuture.completedFuture(null);
        }
        return redis.clientTracking(TrackingArgs.Builder.enabled().bcast().prefixes(prefix))
                .whenComplete((tracked, failure) -> forget())
                .thenApply(tracked -> {
                    LOG.debug("Redis tells of changes of {}", prefix);
                    return null;
                });
    }

    /**
     * Values kept under another contract may be of a kind that nobody evicts any more. They are dropped, and this proof
     * with them.
     */
    private FreshnessProof proof(long asked, long floor, List<KeyValue<String, byte[]>> position, List<byte[]> time) {
        var found = position.stream().skip(2).map(TrackedMaster::text).toList();
        if (!found.equals(contract)) {
            contract = found;
            forget();
        }
        if (database.isOtherThan(found.get(2), found.get(3)) || !position.get(2).hasValue()) {
            // Changes that nobody evicts are never reported.
            forget();
        }
        Lsn evicted = Lsn.find(text(position.get(0))).orElse(null);
        return new FreshnessProof(asked, evicted, found.get(2), age(text(position.get(1)), time), floor);
    }

    private static String text(KeyValue<String, byte[]> field) {
        return field.hasValue() ? new String(field.getValue(), StandardCharsets.UTF_8) : "";
    }

    /**
     * In µs. Negative if {@code heldAt} is not a number, or lies in the future: then the clock was set back by an
     * unknown amount.
     */
    private static long age(String heldAt, List<byte[]> time) {
        try {
            long seconds = Long.parseLong(new String(time.get(0), StandardCharsets.US_ASCII));
            long micros = Long.parseLong(new String(time.get(1), StandardCharsets.US_ASCII));
            return seconds * 1_000_000 + micros - Long.parseLong(heldAt);
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private void forget() {
        floor.accumulateAndGet(notices.something(), Math::max);
    }

    private void told(PushMessage message) {
        if (!message.getType().equals("invalidate")) {
            return;
        }
        try {
            var content = message.getContent(TrackedMaster::bytes);
            // No keys means all keys, after a FLUSHALL.
            if (content.size() > 1 && content.get(1) instanceof List<?> changed) {
                for (var key : changed) {
                    notices.heard((byte[]) key);
                    listener.changed((byte[]) key);
                }
            } else {
                forget();
            }
        } catch (RuntimeException e) {
            forget();
            LOG.warn("cannot parse a change message from Redis; clearing the near cache", e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Stops listening; the connection stays open. Afterwards this object starts no more tracking. */
    @Override
    public synchronized void close() {
        closed = true;
        connection.removeListener(pushes);
        connection.removeListener(again);
    }
}
