// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.MasterLink;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.answer.Answers;
import dev.freshet.redis.answer.NoAnswerException;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Looks at the names of keys: counts those that a purge would find, or passes them on. Sends only SCAN. One thread. */
public final class KeyCensus implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int PAGE = 1_000;
    private static final int MOST_UNDER_WAY = 16;

    private final RedisLink<byte[], byte[]> link;

    /**
     * Connects on first use.
     *
     * @param password overrides the address's; null to use the address's
     * @throws IllegalArgumentException if it is not a Redis address; the message contains no secret
     */
    public KeyCensus(String redisUrl, CharSequence password) {
        var address = RedisAddress.of(redisUrl, password);
        link = new RedisLink<>(
                new LinkSettings(address, "freshet-check", TIMEOUT, TIMEOUT, MOST_UNDER_WAY),
                ByteArrayCodec.INSTANCE,
                () -> {});
    }

    /** Redis does not answer. */
    public static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The result of a count.
     *
     * @param made keys that a template can have made: a purge deletes them
     * @param spared keys that match the glob, but that no template can have made
     * @param whole whether all keys were scanned, rather than only the allowed number
     */
    public record Count(long made, long spared, boolean whole) {}

    /**
     * Counts the keys that match a glob.
     *
     * @param most roughly how many keys of Redis to scan at most
     * @param progress receives how many were scanned so far
     * @throws UnavailableException if Redis does not answer
     */
    public Count count(KeyPatterns patterns, String glob, long most, LongConsumer progress)
            throws InterruptedException {
        var args = ScanArgs.Builder.limit(PAGE).match(glob.getBytes(StandardCharsets.UTF_8));
        long looked = 0;
        long made = 0;
        long found = 0;
        for (MasterLink<byte[], byte[]> master : masters()) {
            ScanCursor cursor = ScanCursor.INITIAL;
            do {
                if (looked >= most) {
                    return new Count(made, found - made, false);
                }
                KeyScanCursor<byte[]> page = page(master, cursor, args);
                looked += PAGE;
                found += page.getKeys().size();
                made += page.getKeys().stream()
                        .filter(key -> patterns.matches(glob, key))
                        .count();
                progress.accept(looked);
                cursor = page;
            } while (!cursor.isFinished());
        }
        return new Count(made, found - made, true);
    }

    /**
     * Passes on names of keys; some more than once.
     *
     * @param most roughly how many keys to pass on at most
     * @param longest for how long to go on at most
     * @param names receives them
     * @param progress receives how many were passed on so far
     * @return whether these were all keys
     * @throws UnavailableException if Redis does not answer
     */
    public boolean names(long most, Duration longest, Consumer<byte[]> names, LongConsumer progress)
            throws InterruptedException {
        var args = ScanArgs.Builder.limit(PAGE);
        long end = System.nanoTime() + longest.toNanos();
        long passed = 0;
        for (MasterLink<byte[], byte[]> master : masters()) {
            ScanCursor cursor = ScanCursor.INITIAL;
            do {
                if (passed >= most || System.nanoTime() - end >= 0) {
                    return false;
                }
                KeyScanCursor<byte[]> page = page(master, cursor, args);
                page.getKeys().stream().limit(most - passed).forEach(names);
                passed += page.getKeys().size();
                progress.accept(passed);
                cursor = page;
            } while (!cursor.isFinished());
        }
        return passed <= most;
    }

    private List<MasterLink<byte[], byte[]>> masters() throws InterruptedException {
        try {
            link.open(TIMEOUT);
            return link.masters();
        } catch (RedisException e) {
            throw new UnavailableException("Redis at " + link + ": " + e.getMessage(), e);
        }
    }

    private KeyScanCursor<byte[]> page(MasterLink<byte[], byte[]> master, ScanCursor from, ScanArgs args)
            throws InterruptedException {
        try {
            return Answers.await(master.send(redis -> redis.scan(from, args)), TIMEOUT);
        } catch (NoAnswerException e) {
            throw new UnavailableException("Redis at " + link + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
