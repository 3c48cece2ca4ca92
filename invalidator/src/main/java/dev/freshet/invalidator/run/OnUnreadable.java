// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import java.util.Locale;

/** What becomes of changes that cannot be read. */
public enum OnUnreadable {
    /** The namespace is purged, and the stream goes on behind them. */
    PURGE,
    /** The run ends, with nothing acknowledged. */
    STOP;

    /** As it stands on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
