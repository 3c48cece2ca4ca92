// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.boot;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.cache.view.Codec;
import dev.freshet.jackson.JacksonCodec;
import dev.freshet.spring.CodecFactory;
import java.lang.reflect.Type;

/**
 * Writes values with Jackson, strictly as {@link JacksonCodec} does, with the modules on the class path, such as that of {@code
 * java.time}. Not with the application's mapper: what an API shows changes for other reasons than what is cached.
 */
final class JacksonCodecs implements CodecFactory {
    private final ObjectMapper mapper = JsonMapper.builder()
            .findAndAddModules()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @Override
    public Codec<?> codec(String cache, Type type) {
        return JacksonCodec.of(mapper, new TypeReference<Object>() {
            @Override
            public Type getType() {
                return type;
            }
        });
    }
}
