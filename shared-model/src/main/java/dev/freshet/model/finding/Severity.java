// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

import java.util.Locale;

/** How serious a finding is. Part of the promise to scripts, by its lower-case name. */
public enum Severity {
    /** Evictions would be missed, or nothing would work at all. {@code run} refuses to start, or waits. */
    ERROR,
    /** Nothing is missed, but more is evicted than needed, or something goes wrong later. */
    WARNING,
    /** Worth knowing. Nothing needs to be done. */
    NOTE;

    /** Its name in texts and in JSON, such as {@code error}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
