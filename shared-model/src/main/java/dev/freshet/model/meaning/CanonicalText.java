// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Rules as JSON. Equal meanings give equal texts, because sets are sorted by the text of their elements. */
final class CanonicalText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private CanonicalText() {}

    static String of(Object rule) {
        try {
            return JSON.writeValueAsString(rule);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a rule of a mapping cannot be written", e);
        }
    }

    /** Without duplicates, sorted by their text. */
    static <T> List<T> sorted(Collection<T> rules) {
        return rules.stream()
                .distinct()
                .sorted(Comparator.comparing(CanonicalText::of))
                .toList();
    }

    static Optional<Meaning> read(String text) {
        try {
            return Optional.ofNullable(JSON.readValue(text, Meaning.class)).filter(read -> of(read).equals(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
