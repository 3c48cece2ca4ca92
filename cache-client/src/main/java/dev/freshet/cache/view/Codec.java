// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.view;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes values as JSON, and reads them again. JSON, because readers in other languages and the audit read the same
 * entries. Thread-safe; called in the thread of the reader.
 *
 * <p>What was written by another version of the program may not be readable any more. Then {@link #decode} must fail
 * rather than guess: the entry counts as a miss, and the value is loaded. Where it cannot tell, give the new shape
 * another number with {@link CacheView#format}.
 *
 * @param <T> type of the values
 */
public interface Codec<T> {
    /** JSON texts, as they are. */
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

    /** JSON texts in UTF-8, as they are, not copied: nobody may write to the arrays. */
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
     * @return a JSON text in UTF-8, not empty. {@code null} as JSON means that what was asked for does not exist
     * @throws RuntimeException passed on to the caller of the read, and nothing is stored
     */
    byte[] encode(T value);

    /**
     * Reads a value.
     *
     * @param json what {@link #encode} of this or another version of the program wrote, never {@code null} as JSON; not
     *     to be changed
     * @return never null
     * @throws RuntimeException if it cannot be read: the entry is then dropped, and the value loaded. The message may
     *     hold parts of the value, so it is not logged
     */
    T decode(byte[] json);
}
