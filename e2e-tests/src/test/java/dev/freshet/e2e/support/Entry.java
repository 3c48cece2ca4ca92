// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An entry of the cache, as specified in docs/keys-and-tags.md.
 *
 * @param view such as {@code own}, {@code resolved} or {@code task.50.0}
 * @param value JSON null if the context does not exist
 */
public record Entry(String key, String owner, Level level, String id, String view, JsonNode value) {
    private static final Pattern KEY = Pattern.compile("ctx:\\{([^}]*)}:(global|project|branch|task):([^:]*):([^:]*)");

    /** Empty if the key is not an entry's. */
    static Optional<Entry> of(String key, String json) {
        var match = KEY.matcher(key);
        return match.matches()
                ? Optional.of(new Entry(
                        key,
                        decode(match.group(1)),
                        Level.of(match.group(2)),
                        decode(match.group(3)),
                        match.group(4),
                        Json.parse(json).path("value")))
                : Optional.empty();
    }

    public boolean isList() {
        return !view.equals("own") && !view.equals("resolved");
    }

    /** Percent-decodes. Unlike in forms, a plus stays a plus. */
    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
