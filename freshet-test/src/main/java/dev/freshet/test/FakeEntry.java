// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test;

import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An entry of the cache, as it stands in the fake Redis. Immutable.
 *
 * @param key its name, such as {@code ctx:{u1}:task:42:own}
 * @param owner {@link Isolate#SHARED} if it has none
 * @param row the tag of the row that the key names
 * @param view such as {@code own}, with its format if it has one
 * @param tags of what its value was computed from
 * @param json its value; empty if what was asked for does not exist
 * @param position as the loader told it; empty if it told none
 * @param timeToLive what is left of it
 */
public record FakeEntry(
        String key,
        Isolate owner,
        Tag row,
        String view,
        List<Tag> tags,
        Optional<String> json,
        Optional<String> position,
        Duration timeToLive) {
    public FakeEntry {
        tags = List.copyOf(tags);
    }
}
