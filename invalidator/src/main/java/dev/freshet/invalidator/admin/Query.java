// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import dev.freshet.model.mapping.Hint;
import dev.freshet.support.config.cli.DurationConverter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.TypeConversionException;

/** The parameters of a request, and who asks. */
public final class Query {
    private final Map<String, String> parameters = new HashMap<>();
    private final Caller caller;

    Query(String raw, Caller caller) {
        this.caller = caller;
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            parameters.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public Caller caller() {
        return caller;
    }

    /** @throws IllegalArgumentException if there is any other parameter; most likely its name is misspelt */
    public Query only(String... known) {
        parameters.keySet().stream()
                .filter(name -> !List.of(known).contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "'" + name + "' is no parameter of this page; " + Hint.of(name, List.of(known)));
                });
        return this;
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** A whole number, 0 or greater. */
    OptionalLong number(String name) {
        String text = parameters.get(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException(name + " is '" + text + "', expected a whole number");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    Duration duration(String name, Duration otherwise) {
        String text = parameters.get(name);
        try {
            return text == null ? otherwise : new DurationConverter().convert(text);
        } catch (TypeConversionException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
