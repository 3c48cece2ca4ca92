// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a mapping means. Two mappings that evict the same for every change have the same meaning, however they are
 * written. Comments, order, spelling, defaults and the names of references make no difference. What only the database
 * could tell is left open: a list of all columns is not treated as equal to the default.
 *
 * @param rules version of the planner's interpretation of mappings; with another version everything may differ
 * @param namespace prefix of Freshet's own keys
 * @param tables the tables of the mapping, as {@code schema.table}
 * @param keys a rule for each template
 * @param tags a rule for each kind of tag
 */
public record Meaning(int rules, String namespace, List<String> tables, List<KeyRule> keys, List<TagRule> tags) {
    /**
     * Increment it with every change of the planner that makes a mapping evict something that it did not evict before.
     * The purge that follows then evicts what was missed until then.
     */
    public static final int RULES = 1;

    public Meaning {
        tables = tables.stream().distinct().sorted().toList();
        keys = CanonicalText.sorted(keys);
        tags = CanonicalText.sorted(tags);
    }

    public static Meaning of(Mapping mapping) {
        var tables = new ArrayList<String>();
        var keys = new ArrayList<KeyRule>();
        var tags = new ArrayList<TagRule>();
        for (EntityMapping entity : mapping.entities().values()) {
            tables.add(entity.table().toString());
            entity.templates().forEach(template -> keys.add(KeyRule.of(mapping, entity, template)));
            tags.addAll(TagRule.of(mapping, entity));
        }
        return new Meaning(RULES, mapping.namespace(), tables, keys, tags);
    }

    /** Reads the output of {@link #text}. Empty for any other text, such as that of another version of Freshet. */
    public static Optional<Meaning> read(String text) {
        return CanonicalText.read(text);
    }

    /** The canonical form: two texts are equal if and only if the meanings are. One line of JSON. */
    public String text() {
        return CanonicalText.of(this);
    }

    /** SHA-256 of the canonical form, as 64 hexadecimal digits. */
    public String hash() {
        return hash(text());
    }

    /** The {@link #hash} of a canonical form. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
