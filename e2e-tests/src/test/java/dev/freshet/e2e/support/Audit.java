// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.support;

import java.sql.SQLException;
import java.util.List;

/** Holds every entry of the cache against the tables. Only meaningful while nobody writes and all is evicted. */
public final class Audit {
    private Audit() {}

    /** What is wrong, one line an entry; at most so many are told. */
    public static List<String> stale(Cache cache, Database superuser) throws SQLException {
        var truth = Truth.read(superuser);
        return cache.entries("ctx:{*}:*").stream()
                .map(entry -> entry.key() + " " + truth.wrong(entry))
                .filter(line -> !line.endsWith(" "))
                .limit(20)
                .toList();
    }
}
