// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

/** How an answer can be wrong. */
public enum Fault {
    /** It shows a state that had been overwritten by a write that the read demands. */
    STALE,
    /** It shows a row that a write which the read demands had deleted. */
    RESURRECTED,
    /** It says that a row does not exist which a write that the read demands had created. */
    VANISHED,
    /** It shows less than the same session has been shown before. */
    BACKWARDS,
    /** Its rows never looked like this at one moment. */
    TORN,
    /** It shows what no transaction wrote, or one that was rolled back, or a row where it never was. */
    UNKNOWN,
    /** After everything had come to rest, the cache held something else than the database. */
    DIFFERENT;

    /** As reports spell it. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
