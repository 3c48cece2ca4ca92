// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.e2e.process.Json;
import dev.freshet.e2e.server.Cache;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    /** Every entry under the keys that match a glob. */
    public static List<Entry> in(Cache cache, String glob) {
        var entries = cache.keys(glob).stream().filter(KEY.asMatchPredicate()).toList();
        return cache.values(entries).entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty if the key is not an entry's. */
    private static Optional<Entry> of(String key, String json) {
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
