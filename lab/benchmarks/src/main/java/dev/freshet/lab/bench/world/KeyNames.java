// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.world;

import dev.freshet.lab.bench.subject.ItemKey;

/**
 * How the cached values of rows are named, and what goes with them.
 *
 * @param prefix of the name, before the row's id
 * @param suffix of the name, after it
 * @param tag name of the tag set that lists the value, with {@value #ID} where the row's id stands; empty: none
 * @param lifetimeMillis a value expires at a random time until then; 0: never
 */
public record KeyNames(String prefix, String suffix, String tag, int lifetimeMillis) {
    static final String ID = "<id>";

    /** {@code item:7}, as a program stores it that knows nothing of Freshet. */
    public static final KeyNames PLAIN = new KeyNames(ItemKey.PREFIX, "", "", 0);

    /** The entry of a reader that uses tags: under the tag of its own row. */
    public static final KeyNames TAGGED = entry("item:" + ID);

    /** As {@link #PLAIN}, but expiring within this time: as if the value had been stored at any time before. */
    public static KeyNames expiring(int lifetimeMillis) {
        return new KeyNames(ItemKey.PREFIX, "", "", lifetimeMillis);
    }

    /** The entries that show a parent, under its tag. */
    public static KeyNames ofParent(long parent) {
        return entry("parent:" + parent);
    }

    private static KeyNames entry(String tag) {
        return new KeyNames("bench:{~}:item:", ":own", "bench:{~}:~tag:" + tag, 0);
    }

    String key(long id) {
        return prefix + id + suffix;
    }

    /** The row's id; 0 if the key is none of these. */
    int id(String key) {
        boolean ours =
                key.length() > prefix.length() + suffix.length() && key.startsWith(prefix) && key.endsWith(suffix);
        return ours ? Integer.parseInt(key.substring(prefix.length(), key.length() - suffix.length())) : 0;
    }
}
