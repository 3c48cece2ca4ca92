// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.answer.Answers;
import dev.freshet.redis.answer.NoAnswerException;
import io.lettuce.core.RedisException;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Tells which keys exist in Redis. Sends TYPE, PTTL, EXISTS and SCARD and nothing else: values are never read. One
 * thread.
 */
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
            String type = Answers.await(link.commands().type(key), TIMEOUT);
            long millis = Answers.await(link.commands().pttl(key), TIMEOUT);
            return type.equals(MISSING) || millis == -2
                    ? Optional.empty()
                    : Optional.of(
                            new Found(type, millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis))));
        } catch (RedisException | NoAnswerException e) {
            throw new UnavailableException("Redis at " + link + ": " + e.getMessage(), e);
        }
    }

    /** How many of these keys exist. */
    public long existing(Collection<String> keys) throws UnavailableException, InterruptedException {
        long sum = 0;
        try {
            link.open(TIMEOUT);
            var asked = new ArrayDeque<CompletionStage<Long>>();
            for (String key : keys) {
                if (asked.size() == MOST_UNDER_WAY) {
                    sum += Answers.await(asked.poll(), TIMEOUT);
                }
                asked.add(link.commands().exists(key));
            }
            for (CompletionStage<Long> each : asked) {
                sum += Answers.await(each, TIMEOUT);
            }
            return sum;
        } catch (RedisException | NoAnswerException e) {
            throw new UnavailableException("Redis at " + link + ": " + e.getMessage(), e);
        }
    }

    /** How many entries a set of a tag lists; empty if the user may not ask. */
    public OptionalLong listed(String tagSet) throws UnavailableException, InterruptedException {
        try {
            link.open(TIMEOUT);
            return OptionalLong.of(Answers.await(link.commands().scard(tagSet), TIMEOUT));
        } catch (NoAnswerException e) {
            if (e.isNoRight()) {
                return OptionalLong.empty();
            }
            throw new UnavailableException("Redis at " + link + ": " + e.getMessage(), e);
        } catch (RedisException e) {
            throw new UnavailableException("Redis at " + link + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
