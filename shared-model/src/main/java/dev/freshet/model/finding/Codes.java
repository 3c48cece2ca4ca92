// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The catalogue of all codes. */
public final class Codes {
    private static final List<Code> ALL = Stream.<Code[]>of(
                    MappingCode.values(), DatabaseCode.values(), RedisCode.values())
            .flatMap(Arrays::stream)
            .toList();

    private Codes() {}

    /** All codes, by id. */
    public static List<Code> all() {
        return ALL;
    }

    /** The code with that id, in upper or lower case. */
    public static Optional<Code> find(String id) {
        return ALL.stream()
                .filter(code -> code.id().equals(id.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
