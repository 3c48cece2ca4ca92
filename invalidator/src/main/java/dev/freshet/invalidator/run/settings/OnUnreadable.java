// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.settings;

import java.util.Locale;

/** What to do about changes that cannot be read. */
public enum OnUnreadable {
    /** Purge the namespace, and continue the stream after them. */
    PURGE,
    /** End the run without acknowledging them. */
    STOP;

    /** As spelled on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
