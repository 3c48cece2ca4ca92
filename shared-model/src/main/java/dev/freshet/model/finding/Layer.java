// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

import java.util.Locale;

/** What must be asked to find something. Part of the promise to scripts, by its lower-case name. */
public enum Layer {
    /** The mapping file alone. */
    MAPPING,
    /** PostgreSQL as well. */
    DATABASE,
    /** Redis as well. */
    REDIS;

    /** Its name in texts and in JSON, such as {@code mapping}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
