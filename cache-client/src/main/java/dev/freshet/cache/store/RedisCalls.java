// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import dev.freshet.redis.RedisLink;
import dev.freshet.redis.answer.NotConnectedException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Calls to Redis that end, with an answer or with {@link RedisUnavailable}, and are measured. A Redis that hangs is left alone
 * for a while, and a connection on which nothing is answered is replaced. Thread-safe.
 */
final class RedisCalls {
    private static final String LEFT_ALONE = "Redis timed out repeatedly and is left alone for a moment";

    private final RedisLink<String, byte[]> link;
    private final CircuitBreaker breaker;
    private final Duration patience;
    private final Map<Operation, Timer> timers = new EnumMap<>(Operation.class);

    /** What is measured by itself. */
    enum Operation {
        BEGIN,
        FILL,
        RELEASE,
        DROP,
        INVALIDATE,
        POSITION
    }

    /** @param commandTimeout after which the link gives up a command */
    RedisCalls(
            RedisLink<String, byte[]> link, CircuitBreaker breaker, Duration commandTimeout, MeterRegistry registry) {
        this.link = link;
        this.breaker = breaker;
        // Normally the link's own timeout ends the wait. This bound is longer than twice that, as a script may be sent
        // twice.
        this.patience = commandTimeout.multipliedBy(2).plusSeconds(1);
        for (var operation : Operation.values()) {
            timers.put(
                    operation,
                    Timer.builder("freshet.cache.redis")
                            .description("Response time of Redis, including timeouts")
                            .tag("operation", operation.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    /** One call to Redis, not yet waited for. */
    interface Call<T> {
        CompletionStage<T> on(RedisClusterAsyncCommands<String, byte[]> redis);
    }

    /** Waits for the answer. */
    <T> T call(Operation operation, Call<T> call) throws RedisUnavailable, InterruptedException {
        var redis = connected();
        if (!breaker.permits()) {
            throw new RedisUnavailable(LEFT_ALONE);
        }
        long start = System.nanoTime();
        try {
            T answer = call.on(redis).toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            breaker.answered();
            return answer;
        } catch (TimeoutException e) {
            timedOut();
            throw new RedisUnavailable(e);
        } catch (ExecutionException e) {
            note(e.getCause());
            throw new RedisUnavailable(e.getCause());
        } catch (RedisException e) {
            throw new RedisUnavailable(e);
        } finally {
            ended(operation, start);
        }
    }

    /** As {@link #call}, without a thread that waits. */
    <T> CompletableFuture<T> send(Operation operation, Call<T> call) {
        long start = System.nanoTime();
        CompletionStage<T> sent;
        try {
            var redis = connected();
            if (!breaker.permits()) {
                throw new RedisUnavailable(LEFT_ALONE);
            }
            sent = call.on(redis);
        } catch (RedisUnavailable e) {
            return CompletableFuture.failedFuture(e);
        } catch (RedisException e) {
            return CompletableFuture.failedFuture(new RedisUnavailable(e));
        }
        return sent.thenApply(Function.identity())
                .toCompletableFuture()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failure) -> {
                    ended(operation, start);
                    if (failure != null) {
                        throw new CompletionException(unavailable(failure));
                    }
                    breaker.answered();
                    return answer;
                });
    }

    private void ended(Operation operation, long start) {
        timers.get(operation).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private RedisUnavailable unavailable(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            timedOut();
        } else {
            note(cause);
        }
        return new RedisUnavailable(cause);
    }

    private RedisClusterAsyncCommands<String, byte[]> connected() throws RedisUnavailable {
        try {
            return link.commands();
        } catch (NotConnectedException e) {
            throw new RedisUnavailable(e.getMessage());
        }
    }

    private void note(Throwable failure) {
        link.renewAfter(failure);
        if (failure instanceof RedisCommandTimeoutException) {
            timedOut();
        } else if (failure instanceof RedisCommandExecutionException) {
            breaker.answered();
        }
    }

    private void timedOut() {
        if (breaker.timedOut()) {
            link.renew();
        }
    }
}
