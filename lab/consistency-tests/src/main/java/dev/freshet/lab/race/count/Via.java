// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.count;

import java.util.Locale;

/** Which way a read went. */
public enum Via {
    /** Through a library, in this process. */
    LIBRARY,
    /** Through cache-client in another process. */
    FLEET,
    /** Through the reader-service. */
    HTTP;

    /** The spelling in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
