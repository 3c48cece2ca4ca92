// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import io.lettuce.core.RedisException;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells whether a key exists in Redis. Sends TYPE and PTTL and nothing else: the value is never read. One thread. */
public final class KeyProbe implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_UNDER_WAY = 16;
    private static final String MISSING = "none";

    private final RedisLink<String, String> link;

    /**
     * Connects on first use.
     *
     * @param password overrides the address's; null to use the address's
     * @throws IllegalArgumentException if it is not a Redis address; the message contains no secret
     */
    public KeyProbe(String redisUrl, CharSequence password) {
        link = new RedisLink<>(
                new LinkSettings(
                        RedisAddress.of(redisUrl, password), "freshet-explain", TIMEOUT, TIMEOUT, MOST_UNDER_WAY),
                StringCodec.UTF8,
                () -> {});
    }

    /** Redis does not answer, or refuses to. */
    public static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * A key that exists.
     *
     * @param type as Redis names it, such as {@code string}
     * @param timeToLive empty if the key does not expire
     */
    public record Found(String type, Optional<Duration> timeToLive) {}

    /** What is known of a key; empty if it does not exist. */
    public Optional<Found> find(String key) throws UnavailableException, InterruptedException {
        try {
            link.open(TIMEOUT);
            String type = await(link.commands().type(key));
            long millis = await(link.commands().pttl(key));
            return type.equals(MISSING) || millis == -2
                    ? Optional.empty()
                    : Optional.of(
                            new Found(type, millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis))));
        } catch (RedisException e) {
            throw new UnavailableException(e.getMessage(), e);
        }
    }

    private static <T> T await(CompletionStage<T> answer) throws UnavailableException, InterruptedException {
        try {
            // The link's own timeout fires first.
            return answer.toCompletableFuture().get(2 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new UnavailableException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new UnavailableException("no answer", e);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
