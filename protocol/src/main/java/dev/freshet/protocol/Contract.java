// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an invalidator promises to the readers of its namespace. Stored in the hash of the {@linkplain
 * CacheKeys#position() position}. Unlike the position it is not withdrawn. So it distinguishes a namespace whose
 * invalidator is catching up from one that has no invalidator.
 *
 * @param owner the process that published it, for people to read
 * @param mapping a hash of the meaning of its mapping
 * @param coverage the tags that it evicts
 */
public record Contract(String owner, String mapping, Coverage coverage) {
    private static final String OWNER = "owner";
    private static final String MAPPING = "mapping";
    private static final String COVERS = "covers";
    private static final String COVERS_OWNED = "covers-owned";

    /** The names of its fields. */
    public static final List<String> NAMES = List.of(OWNER, MAPPING, COVERS, COVERS_OWNED);

    /** The fields without which the hash holds no contract, whatever else is there. */
    public static final List<String> COVERAGE = List.of(COVERS, COVERS_OWNED);

    public Contract {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(coverage, "coverage");
    }

    /**
     * The field that lists the kinds of tags evicted in an isolate, separated by spaces. A hash without it holds no
     * contract.
     */
    public static String coverageField(Isolate isolate) {
        return isolate.equals(Isolate.SHARED) ? COVERS : COVERS_OWNED;
    }

    /** The contract as fields of the hash. Specified in {@code docs/keys-and-tags.md}. */
    public Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put(OWNER, owner);
        fields.put(MAPPING, mapping);
        fields.put(COVERS, String.join(" ", coverage.kinds()));
        fields.put(COVERS_OWNED, String.join(" ", coverage.owned()));
        return fields;
    }

    /** Parses a contract. Empty if the hash holds none, or one that cannot be parsed. */
    public static Optional<Contract> of(Map<String, String> fields) {
        if (!fields.keySet().containsAll(NAMES)) {
            return Optional.empty();
        }
        try {
            var coverage = Coverage.parse(fields.get(COVERS), fields.get(COVERS_OWNED));
            return Optional.of(new Contract(fields.get(OWNER), fields.get(MAPPING), coverage));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
