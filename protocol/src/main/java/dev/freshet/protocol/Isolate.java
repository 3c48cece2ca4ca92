// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.util.Objects;

/**
 * The owner of a subtree of rows. All keys of one isolate carry the same Redis Cluster hash tag. So one script can
 * access them together, and no eviction in one isolate reaches another's keys.
 *
 * @param value the owner's id as stored in the isolating column; null for rows without an owner
 */
public record Isolate(String value) {
    /** The isolate of entities without an isolating column. */
    public static final Isolate SHARED = new Isolate(null);

    public static Isolate of(String value) {
        return new Isolate(Objects.requireNonNull(value, "value"));
    }

    /**
     * The hash tag with its braces, such as {@code {u1}}; {@code {~}} for {@link #SHARED}. Never empty: Redis Cluster
     * would hash the whole key instead. {@code %00} is free for the empty owner, as text in PostgreSQL cannot hold NUL.
     */
    String hashTag() {
        if (value == null) {
            return "{~}";
        }
        return value.isEmpty() ? "{%00}" : "{" + Segments.escape(value) + "}";
    }

    @Override
    public String toString() {
        return value == null ? "~" : value;
    }
}
