// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.source;

import java.util.Locale;

/** What a remedy's statement changes. A user names the topics whose statements may be run. */
public enum Topic {
    /** The server's settings. No process of Freshet ever changes them. */
    SERVER,
    /** The rights of a role. */
    RIGHTS,
    /** The replica identity of the application's tables: it decides how much each update writes to the WAL. */
    REPLICA_IDENTITY,
    PUBLICATION,
    SLOT,
    /** What would improve the mapping, although nothing is missed without it. */
    WARNINGS,
    /** What no statement can fix. */
    OTHER;

    /** The name on the command line, such as {@code replica-identity}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
