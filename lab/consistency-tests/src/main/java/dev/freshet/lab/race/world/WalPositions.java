// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.world;

import dev.freshet.protocol.Lsn;

/** WAL positions as numbers. They must be compared as unsigned numbers. */
public final class WalPositions {
    private WalPositions() {}

    /**
     * Parses the form that PostgreSQL prints, such as {@code 0/1A2B3C4}, or the form of a service's answer, with @ and
     * the cluster appended.
     */
    public static long parse(String answered) {
        return Lsn.parse(answered.split("@", 2)[0]).value();
    }

    /** The form that PostgreSQL prints. */
    public static String format(long position) {
        return new Lsn(position).toString();
    }
}
