// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.util.List;
import java.util.stream.Stream;

/**
 * The names of the fields of the {@linkplain CacheKeys#position() position}'s hash, beside those of the {@link Contract}.
 * {@code docs/keys-and-tags.md} says what each holds; the scripts spell them, too.
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
    /** The canonical form of the mapping, which is kept for the next start. */
    public static final String MAPPING_TEXT = "mapping-text";

    public static final String WANTED = "wanted";
    public static final String WANTED_UNTIL = "wanted-until";

    /** Those that are gone while the position is withdrawn: what remains says whose it was. */
    public static final List<String> WITHDRAWN = List.of(LSN, HELD_AT, COMMITTED_AT, UPDATED_AT, MASTER);

    /**
     * Those that are gone once another owner has the namespace: until that publishes, no reader may take what was cached
     * for the former one, which may be of another database.
     */
    public static final List<String> TAKEN_OVER = Stream.of(
                    WITHDRAWN, Contract.COVERAGE, List.of("read-by", "read-from", "lost", "enough"))
            .flatMap(List::stream)
            .toList();

    private PositionField() {}
}
