// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.redis.RedisLink;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from Redis which keys of the namespace change, on the connection that reads, and proves again and again that
 * nothing was missed. See decision 0009. Thread-safe.
 *
 * <p>A proof takes two questions, the second sent after the first was answered: Redis sends the notices of one turn of
 * its event loop behind the answers of that turn, so the first answer may overtake notices of changes that were made
 * before it. The second is answered in a later turn. Both ask whether this connection is tracked, as a new one is not.
 */
final class Tracker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracker.class);

    /** What CLIENT GETREDIR answers on a connection that is not tracked. */
    private static final long NOT_TRACKED = -1;

    private final RedisLink<String, byte[]> link;
    private final Notices notices;
    private final String prefix;
    private final String positionKey;
    private final Duration patience;
    private final Duration interval;
    private final ScheduledExecutorService timer;
    private StatefulRedisConnection<String, byte[]> heardOn;
    private volatile Consumer<byte[]> listener;
    private volatile Proof proof;

    /**
     * @param prefix of all keys that matter
     * @param patience how long Redis may take for one answer
     * @param interval from one proof to the next
     */
    Tracker(
            RedisLink<String, byte[]> link,
            Notices notices,
            String prefix,
            String positionKey,
            Duration patience,
            Duration interval) {
        this.link = link;
        this.notices = notices;
        this.prefix = prefix;
        this.positionKey = positionKey;
        this.patience = patience;
        this.interval = interval;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "freshet-near");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param changed called with every key that changed, in the thread that reads from Redis: must not block */
    void start(Consumer<byte[]> changed) {
        listener = changed;
        timer.scheduleWithFixedDelay(this::beat, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The last proof; null if there was none yet. */
    Proof proof() {
        return proof;
    }

    double proofAgeSeconds() {
        var last = proof;
        return last == null ? Double.NaN : (System.nanoTime() - last.asked()) / 1e9;
    }

    /** There is a new connection: what was heard on the one before says nothing of what happened since. */
    void connected() {
        notices.everything();
        try {
            timer.execute(this::beat);
        } catch (RejectedExecutionException closed) {
            LOG.debug("connected after the end");
        }
    }

    /** One attempt at a proof. In the timer's thread alone. */
    private void beat() {
        try {
            prove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RedisException e) {
            LOG.debug("no proof that memory hears of every change: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.warn("no proof that memory hears of every change", e);
        }
    }

    private void prove() throws InterruptedException, ExecutionException, TimeoutException {
        long asked = System.nanoTime();
        var connection = link.connection();
        var redis = connection.async();
        if (connection != heardOn) {
            connection.addListener(this::heard);
            heardOn = connection;
        }
        var tracking = redis.clientGetredir();
        var position = redis.hmget(positionKey, "lsn", "held-at");
        var time = redis.time();
        if (await(tracking) == NOT_TRACKED) {
            await(redis.clientTracking(TrackingArgs.Builder.enabled().bcast().prefixes(prefix)));
            notices.everything();
            LOG.debug("Redis tells of changes of {}", prefix);
            timer.execute(this::beat);
            return;
        }
        var fields = await(position);
        var clock = await(time);
        if (await(redis.clientGetredir()) != NOT_TRACKED) {
            proof = new Proof(
                    asked, WalPosition.find(text(fields.get(0))).orElse(null), age(text(fields.get(1)), clock));
        }
    }

    private <T> T await(CompletionStage<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
        return answer.toCompletableFuture().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static String text(KeyValue<String, byte[]> field) {
        return field.hasValue() ? new String(field.getValue(), StandardCharsets.US_ASCII) : "";
    }

    /** Negative if it is no number, or lies in the future: then the clock was set back, nobody knows by how much. */
    private static long age(String heldAt, List<byte[]> time) {
        try {
            long seconds = Long.parseLong(new String(time.get(0), StandardCharsets.US_ASCII));
            long micros = Long.parseLong(new String(time.get(1), StandardCharsets.US_ASCII));
            return seconds * 1_000_000 + micros - Long.parseLong(heldAt);
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private void heard(PushMessage message) {
        if (!message.getType().equals("invalidate")) {
            return;
        }
        try {
            var content = message.getContent(Tracker::bytes);
            // Without keys: all of them, after a FLUSHALL.
            if (content.size() > 1 && content.get(1) instanceof List<?> keys) {
                for (var key : keys) {
                    notices.heard((byte[]) key);
                    listener.accept((byte[]) key);
                }
            } else {
                notices.everything();
            }
        } catch (RuntimeException e) {
            notices.everything();
            LOG.warn("cannot understand what Redis tells of changes; forgetting all that was kept in memory", e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
