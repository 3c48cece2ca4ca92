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
 * What a mapping means. Two mappings that evict the same of every change have one meaning, however they are written:
 * comments, order, spelling, defaults, and the names of references make no difference. What only the database could tell
 * is left open: a list of all columns is not taken for the default.
 *
 * @param rules version of how a planner understands a mapping; another one means that everything may differ
 * @param namespace prefix of Freshet's own keys
 * @param tables that the mapping names, as {@code schema.table}
 * @param keys a rule for each template
 * @param tags a rule for each kind of tag
 */
public record Meaning(int rules, String namespace, List<String> tables, List<KeyRule> keys, List<TagRule> tags) {
    /**
     * Count it up with every change of the planner after which a mapping evicts something that it did not evict before:
     * what was missed until then is found by the purge that follows.
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

    /** Reads what {@link #text} wrote; empty if it is anything else, such as the text of another version of Freshet. */
    public static Optional<Meaning> read(String text) {
        return CanonicalText.read(text);
    }

    /** The canonical form: equal texts for equal meanings, and for no others. One line of JSON. */
    public String text() {
        return CanonicalText.of(this);
    }

    /** SHA-256 of the canonical form, in 64 hexadecimal digits. */
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
