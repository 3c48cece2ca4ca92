// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;

/** One thing to evict, with why and because of which row. */
public sealed interface Eviction {
    Reason reason();

    /** Null where it is not a change of the database. */
    Cause cause();

    /** A key by its full name, for readers that fill the cache themselves. */
    record OfKey(String key, Reason reason, Cause cause) implements Eviction {}

    /** Everything registered under a tag of one isolate. */
    record OfTag(Isolate isolate, Tag tag, Reason reason, Cause cause) implements Eviction {}

    /** Every key that matches a Redis glob: what a TRUNCATE leaves. */
    record OfKeys(String glob, Reason reason, Cause cause) implements Eviction {}

    /** Every tag, of every isolate, whose name matches a Redis glob such as {@code task:*}: what a TRUNCATE leaves. */
    record OfTags(String glob, Reason reason, Cause cause) implements Eviction {}
}
