// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import java.util.Locale;

/** What a statement changes that mends something; whoever lets it be run names it. */
public enum Topic {
    /** The server's settings. No process of Freshet ever changes them. */
    SERVER,
    /** What a role may. */
    RIGHTS,
    /** The replica identity of the application's tables: it decides how much each update writes into the WAL. */
    REPLICA_IDENTITY,
    PUBLICATION,
    SLOT,
    /** What the mapping would do better with, though nothing is missed without. */
    WARNINGS,
    /** What no statement mends. */
    OTHER;

    /** As on the command line, such as {@code replica-identity}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
