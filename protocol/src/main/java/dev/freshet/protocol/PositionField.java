// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.util.List;
import java.util.stream.Stream;

/**
 * The names of the fields in the hash of the {@linkplain CacheKeys#position() position}, besides those of the {@link
 * Contract}. {@code docs/keys-and-tags.md} says what each holds. The scripts spell the same
 * names; a test holds them to these.
 */
public final class PositionField {
    public static final String SYSTEM = "system";
    public static final String TIMELINE = "timeline";
    public static final String DATABASE = "database";
    public static final String SLOT = "slot";
    public static final String PUBLICATION = "publication";
    public static final String EPOCH = "epoch";
    public static final String LSN = "lsn";
    public static final String COMMITTED_AT = "committed-at";
    public static final String UPDATED_AT = "updated-at";
    public static final String HELD_AT = "held-at";
    public static final String MASTER = "master";
    public static final String CLAIM = "claim";
    /** The canonical form of the mapping, kept for the next start. */
    public static final String MAPPING_TEXT = "mapping-text";
    /** The hash of that text. */
    static final String MAPPING_KEPT = "mapping-kept";

    public static final String WANTED = "wanted";
    public static final String WANTED_UNTIL = "wanted-until";

    /** The process that reads the stream, the place from which it began, who was lost there, and how many are enough. */
    static final List<String> READING = List.of("read-by", "read-from", "lost", "enough");

    /** The fields that are deleted when the position is withdrawn. The others remain and say whose it was. */
    public static final List<String> WITHDRAWN = List.of(LSN, HELD_AT, COMMITTED_AT, UPDATED_AT, MASTER);

    /**
     * The fields that are deleted when another owner takes over the namespace. Until that owner publishes, no reader
     * may use what was cached for the former one, which may be of another database.
     */
    public static final List<String> TAKEN_OVER = Stream.of(WITHDRAWN, Contract.COVERAGE, READING)
            .flatMap(List::stream)
            .toList();

    private PositionField() {}
}
