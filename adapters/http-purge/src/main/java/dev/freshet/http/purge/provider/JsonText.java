// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.util.List;
import java.util.stream.Collectors;

/** Surrogate keys in JSON. They are visible ASCII, so only two characters are escaped. */
final class JsonText {
    private JsonText() {}

    static String array(List<String> keys) {
        return keys.stream()
                .map(key -> '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }
}
