// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

/** The names of the cached values. Freshet makes them from its mapping. */
public final class ItemKey {
    /** What they begin with. */
    public static final String PREFIX = "item:";

    private ItemKey() {}

    /** The key of the row with this id. */
    public static String of(Object id) {
        return PREFIX + id;
    }
}
