// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

/** The ways in which an answer can be wrong. */
public enum Violation {
    /** It shows a state that a demanded write had overwritten. */
    STALE,
    /** It shows a row that a demanded write had deleted. */
    RESURRECTED,
    /** It says that a row does not exist although a demanded write had created it. */
    VANISHED,
    /** It shows an older state than the same session has been shown before. */
    BACKWARDS,
    /** Its rows never had these states at the same moment. */
    TORN,
    /** It shows something that no transaction wrote or that was rolled back, or a row in a place where it never was. */
    UNKNOWN,
    /** After everything had settled, the cache and the database differed. */
    DIFFERENT;

    /** The spelling in reports. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
