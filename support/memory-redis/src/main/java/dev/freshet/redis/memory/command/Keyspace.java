// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Keys and their values: a {@link String}, a {@link Set}, a {@link Map}, or {@link Scores}. An empty collection is no
 * key. Used by one thread at a time.
 */
public final class Keyspace {
    private final Map<String, Object> values = new LinkedHashMap<>();
    /** In ms since 1970. */
    private final Map<String, Long> expiries = new LinkedHashMap<>();

    private final LongSupplier micros;

    /** @param micros the time in µs since 1970 */
    public Keyspace(LongSupplier micros) {
        this.micros = micros;
    }

    long micros() {
        return micros.getAsLong();
    }

    private long millis() {
        return micros() / 1000;
    }

    private Object value(String key) {
        Long expiry = expiries.get(key);
        if (expiry != null && expiry <= millis()) {
            remove(key);
        }
        return values.get(key);
    }

    boolean has(String key) {
        return value(key) != null;
    }

    /** Null if there is no such key. */
    <T> T get(String key, Class<T> type) {
        Object value = value(key);
        if (value != null && !type.isInstance(value)) {
            throw CommandFailure.wrongType();
        }
        return type.cast(value);
    }

    <T> T getOrMake(String key, Class<T> type, Supplier<T> made) {
        T value = get(key, type);
        if (value == null) {
            value = made.get();
            values.put(key, value);
        }
        return value;
    }

    /** Replaces whatever is there, and lives for ever. */
    void put(String key, String text) {
        values.put(key, text);
        expiries.remove(key);
    }

    boolean remove(String key) {
        expiries.remove(key);
        return values.remove(key) != null;
    }

    /** To be called after something was taken out of a collection. */
    void cut(String key, boolean empty) {
        if (empty) {
            remove(key);
        }
    }

    /** In ms; a key that is past its time goes. */
    void expire(String key, long left) {
        if (left <= 0) {
            remove(key);
        } else {
            expiries.put(key, millis() + left);
        }
    }

    /** In ms; -1 if it lives for ever, -2 if there is none. */
    long timeToLive(String key) {
        if (!has(key)) {
            return -2;
        }
        Long expiry = expiries.get(key);
        return expiry == null ? -1 : expiry - millis();
    }

    void persist(String key) {
        expiries.remove(key);
    }

    /** Those that match a glob of {@code *} and plain text, or all for {@code *}. */
    List<String> keys(String glob) {
        var pattern = Pattern.compile(Globs.regex(glob), Pattern.DOTALL);
        return List.copyOf(values.keySet()).stream()
                .filter(this::has)
                .filter(key -> pattern.matcher(key).matches())
                .toList();
    }

    public void clear() {
        values.clear();
        expiries.clear();
    }
}
