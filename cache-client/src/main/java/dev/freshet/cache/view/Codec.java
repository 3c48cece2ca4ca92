// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.view;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes values as JSON and reads them back. The format is JSON because readers in other languages and the audit read
 * the same entries. Must be thread-safe: any thread that reads or loads may call it.
 *
 * <p>A value written by another version of the program may no longer be readable. {@link #decode} must then fail rather
 * than guess: the entry counts as a miss, and the value is loaded. If {@code decode} cannot detect this, give the new
 * shape another number with {@link CacheView#format}.
 *
 * @param <T> type of the values
 */
public interface Codec<T> {
    /** JSON texts, unchanged. Does not check that they are JSON, except that an empty text is refused. */
    Codec<String> TEXT = new Codec<>() {
        @Override
        public byte[] encode(String value) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("an empty text is not JSON");
            }
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] json) {
            return new String(json, StandardCharsets.UTF_8);
        }
    };

    /** JSON texts in UTF-8, unchanged and not copied: nothing may write to the arrays. */
    Codec<byte[]> BYTES = new Codec<>() {
        @Override
        public byte[] encode(byte[] value) {
            return Objects.requireNonNull(value, "value");
        }

        @Override
        public byte[] decode(byte[] json) {
            return json;
        }
    };

    /**
     * Writes a value.
     *
     * @param value never null
     * @return a JSON text in UTF-8, not empty. The JSON text {@code null} means that what was asked for does not exist
     * @throws RuntimeException if the value cannot be written; the caller of the read gets it, and nothing is stored
     */
    byte[] encode(T value);

    /**
     * Reads a value.
     *
     * @param json what {@link #encode} of this or another version of the program wrote; never the JSON text {@code
     *     null}. Must not be changed
     * @return never null
     * @throws RuntimeException if it cannot be read; then the entry is dropped and the value loaded. The message is not
     *     logged, because it may hold parts of the value
     */
    T decode(byte[] json);
}
