// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.core.plan.rows.Cause;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import java.time.Instant;
import java.util.Map;

/** Evictions as the planner gives them, all because of one row. */
public final class Evictions {
    static final Cause CAUSE = new Cause(
            new TableName("public", "task"),
            Operation.UPDATE,
            Map.of("id", "42"),
            new Origin(7, new Lsn(99), Instant.EPOCH));

    private Evictions() {}

    public static Eviction tag(Isolate isolate, String tag) {
        return new Eviction.OfTag(isolate, new Tag(tag), Reason.OWN, CAUSE);
    }

    static Eviction key(String key) {
        return new Eviction.OfKey(key, Reason.OWN, CAUSE);
    }

    static Eviction tags(String glob) {
        return new Eviction.OfTags(glob, Reason.TRUNCATED, CAUSE);
    }

    static Eviction keys(String glob) {
        return new Eviction.OfKeys(glob, Reason.TRUNCATED, CAUSE);
    }
}
