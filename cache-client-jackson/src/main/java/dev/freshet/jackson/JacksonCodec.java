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
 * Writes and reads values with Jackson: records, beans, and generic types by a {@link TypeReference}. Thread-safe.
 *
 * <p>The default mapper fails if something is missing (a record's component, a primitive) and ignores unknown
 * properties. So an entry of an older version of the program is loaded again rather than read with nulls. An entry of a
 * newer version is read as far as this version knows its properties. The default mapper supports the JDK types that
 * Jackson supports without modules. For the types of {@code java.time} pass a mapper with their module.
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
        // The writer needs the type. Otherwise a list of a sealed interface would lose the names of its subtypes.
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
     * Values of a class or record, written and read by the given mapper.
     *
     * @param mapper must not be configured any further
     */
    public static <T> JacksonCodec<T> of(ObjectMapper mapper, Class<T> type) {
        return new JacksonCodec<>(mapper, mapper.constructType(type));
    }

    /**
     * Values of a generic type, written and read by the given mapper.
     *
     * @param mapper must not be configured any further
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
