// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How fresh an answer must be. */
public enum ConsistencyLevel {
    EVENTUAL,
    BOUNDED,
    SESSION,
    STRONG;

    /** The spelling in options and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such level; the message lists the levels */
    public static ConsistencyLevel of(String label) {
        return Arrays.stream(values())
                .filter(level -> level.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is not a level; expected one of "
                        + Arrays.stream(values()).map(ConsistencyLevel::label).collect(Collectors.joining(", "))));
    }
}
