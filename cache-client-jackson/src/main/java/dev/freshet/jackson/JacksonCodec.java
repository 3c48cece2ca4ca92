// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.jackson;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.cache.view.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes values with Jackson: records, beans, and generic types by a {@link TypeReference}. Thread-safe.
 *
 * <p>Without a mapper of your own, one is used that fails on what is missing (a record's component, a primitive) and
 * takes no notice of what is unknown: an entry of an older version of the program is loaded anew rather than read with
 * nulls, one of a newer version is read as far as this one knows it. It knows the types of the JDK that Jackson knows
 * by itself; for those of {@code java.time} give a mapper with their module.
 *
 * @param <T> type of the values
 */
public final class JacksonCodec<T> implements Codec<T> {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ObjectWriter writer;
    private final ObjectReader reader;

    private JacksonCodec(ObjectMapper mapper, JavaType type) {
        // With the type, or a list of a sealed interface would lose the names of its subtypes.
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type);
    }

    /** Values of a class or record. */
    public static <T> JacksonCodec<T> of(Class<T> type) {
        return of(STRICT, type);
    }

    /** Values of a generic type, as in {@code of(new TypeReference<List<Task>>() {})}. */
    public static <T> JacksonCodec<T> of(TypeReference<T> type) {
        return of(STRICT, type);
    }

    /**
     * Values of a class or record, as a mapper of your own writes and reads them.
     *
     * @param mapper not to be configured any further
     */
    public static <T> JacksonCodec<T> of(ObjectMapper mapper, Class<T> type) {
        return new JacksonCodec<>(mapper, mapper.constructType(type));
    }

    /**
     * Values of a generic type, as a mapper of your own writes and reads them.
     *
     * @param mapper not to be configured any further
     */
    public static <T> JacksonCodec<T> of(ObjectMapper mapper, TypeReference<T> type) {
        return new JacksonCodec<>(mapper, mapper.constructType(type));
    }

    /** @throws UncheckedIOException if Jackson cannot write the value; the message names its type */
    @Override
    public byte[] encode(T value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a value of " + value.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    /** @throws UncheckedIOException if Jackson cannot read the value */
    @Override
    public T decode(byte[] json) {
        try {
            return reader.readValue(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a cached value cannot be read as " + reader.getValueType(), e);
        }
    }
}
