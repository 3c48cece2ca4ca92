// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

/**
 * A kind of finding. Its id keeps its meaning for ever: one that is not needed any more is not given to something else.
 * Each has one severity and one layer.
 */
public sealed interface Code permits MappingCode, DatabaseCode, RedisCode {
    /** {@code FR} and three digits; the first digit is that of the layer: 1 mapping, 2 database, 3 Redis. */
    String id();

    Severity severity();

    Layer layer();

    Explanation explanation();
}
