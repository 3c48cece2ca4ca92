// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import java.util.Locale;

/** How bad something is, from best to worst. */
enum Level {
    OK(0),
    UNKNOWN(3),
    WARNING(1),
    CRITICAL(2);

    private final int code;

    Level(int code) {
        this.code = code;
    }

    /** The exit code of a plugin for Nagios. */
    int code() {
        return code;
    }

    Level worse(Level other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
