// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How fresh a read has to be. */
public enum Level {
    EVENTUAL,
    BOUNDED,
    SESSION,
    STRONG;

    /** As it is spelled in options and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is none of that name; says which there are */
    public static Level of(String label) {
        return Arrays.stream(values())
                .filter(level -> level.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is not a level; expected one of "
                        + Arrays.stream(values()).map(Level::label).collect(Collectors.joining(", "))));
    }
}
