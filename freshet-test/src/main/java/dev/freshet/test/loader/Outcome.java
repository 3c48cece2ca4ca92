// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

import dev.freshet.protocol.Tag;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a loader answered.
 *
 * @param json empty if what was asked for does not exist
 * @param problem why it is not an entry of the cache; null if it is
 */
record Outcome(Optional<String> json, List<Tag> tags, String problem) {
    boolean hasSameValue(Outcome other) {
        return Objects.equals(json, other.json);
    }

    String tagNames() {
        return String.join(", ", tags.stream().map(Tag::name).toList());
    }
}
