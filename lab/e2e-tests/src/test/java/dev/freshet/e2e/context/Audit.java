// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.context;

import dev.freshet.e2e.server.Cache;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.List;

/** Compares every entry of the cache with the tables. Only meaningful while nobody writes and everything is evicted. */
public final class Audit {
    private Audit() {}

    /** Describes the wrong entries, one line each, 20 at most. */
    public static List<String> stale(Cache cache, Database superuser) throws SQLException {
        var oracle = ViewOracle.read(superuser);
        return Entry.in(cache, "ctx:{*}:*").stream()
                .map(entry -> entry.key() + " " + oracle.wrong(entry))
                .filter(line -> !line.endsWith(" "))
                .limit(20)
                .toList();
    }
}
