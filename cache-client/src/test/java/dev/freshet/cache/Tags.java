// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.protocol.Tag;
import java.util.Arrays;
import java.util.List;

/** Tags by their names. */
public final class Tags {
    private Tags() {}

    public static List<Tag> of(String... names) {
        return Arrays.stream(names).map(Tag::new).toList();
    }
}
