// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.fanout;

import dev.freshet.lab.bench.process.Mappings;
import dev.freshet.lab.bench.world.KeyNames;
import java.util.function.LongFunction;

/** How the cached values depend on the row that changes. */
public enum Relation {
    TEMPLATE("keys by a path", Mappings.PARENT_KEYS, parent -> KeyNames.PLAIN),
    TAGS("entries under a tag", Mappings.PARENT_TAGS, KeyNames::ofParent),
    INHERITANCE("keys that inherit", Mappings.INHERITANCE, parent -> KeyNames.PLAIN);

    private final String label;
    private final String mapping;
    private final LongFunction<KeyNames> names;

    Relation(String label, String mapping, LongFunction<KeyNames> names) {
        this.label = label;
        this.mapping = mapping;
        this.names = names;
    }

    String mapping() {
        return mapping;
    }

    /** The names of the values that depend on this parent. */
    KeyNames names(long parent) {
        return names.apply(parent);
    }

    /** The name of the setting with this many of them. */
    String setting(long size) {
        return "%,d %s".formatted(size, label);
    }
}
