// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import dev.freshet.model.mapping.TableName;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Columns whose values are not taken as they come. Each is told once. Not thread-safe. */
final class UnreadValues {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadValues.class);
    private static final int MOST = 1_000;

    private final Set<String> told = new HashSet<>();
    private long count;

    void tell(TableName table, String column, String why) {
        count++;
        if (told.size() < MOST && told.add(table + "." + column + " " + why)) {
            LOG.warn(
                    "column {} of {} {}: the text that PostgreSQL prints cannot be told from that. A change of it"
                            + " counts as one of everything that the mapping makes of it; where a key needs it, all keys"
                            + " of the template are evicted. Which forms are read: docs/kafka-connect.md, Values",
                    column,
                    table,
                    why);
        }
    }

    long count() {
        return count;
    }
}
