// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.pattern;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Literal;
import dev.freshet.model.mapping.KeyTemplate.Part;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.pattern.KeyPattern.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key patterns of a mapping, grouped by glob. Several templates may have the same glob. Immutable. */
public final class KeyPatterns {
    /** No patterns: for use when the types of the columns are not known. Every key matches by its glob alone. */
    public static final KeyPatterns NONE = new KeyPatterns(Map.of());

    private final Map<String, List<KeyPattern>> byGlob;

    private KeyPatterns(Map<String, List<KeyPattern>> byGlob) {
        this.byGlob = byGlob;
    }

    /** The patterns of a mapping, with the column types that the database reports. */
    public static KeyPatterns of(Mapping mapping, Catalog catalog) {
        var tables = new HashMap<TableName, Optional<CatalogTable>>();
        Catalog once = name -> tables.computeIfAbsent(name, catalog::table);
        var patterns = new ArrayList<KeyPattern>();
        for (EntityMapping entity : mapping.entities().values()) {
            for (KeyTemplate template : entity.templates()) {
                patterns.add(KeyPattern.of(template.parts().stream()
                        .map(part -> piece(mapping, entity, part, once))
                        .toList()));
            }
        }
        return of(patterns);
    }

    /** Groups these patterns by glob. */
    public static KeyPatterns of(List<KeyPattern> patterns) {
        var byGlob = new LinkedHashMap<String, List<KeyPattern>>();
        for (KeyPattern pattern : patterns) {
            byGlob.computeIfAbsent(pattern.glob(), glob -> new ArrayList<>()).add(pattern);
        }
        return new KeyPatterns(byGlob);
    }

    static Piece piece(Mapping mapping, EntityMapping entity, Part part, Catalog catalog) {
        if (!(part instanceof Path path)) {
            return Piece.text(((Literal) part).text());
        }
        List<Step> steps = path.steps();
        EntityMapping end = steps.isEmpty()
                ? entity
                : mapping.entity(steps.get(steps.size() - 1).entity());
        return Piece.value(
                catalog.table(end.table())
                        .map(table -> table.columns().get(path.column()))
                        .orElse(null),
                path.functions());
    }

    /** The union of both. Column types change, and keys of both forms may exist. */
    public KeyPatterns and(KeyPatterns others) {
        var all = new LinkedHashMap<String, List<KeyPattern>>();
        byGlob.forEach((glob, patterns) -> all.put(glob, new ArrayList<>(patterns)));
        others.byGlob.forEach(
                (glob, patterns) -> all.merge(glob, new ArrayList<>(patterns), KeyPatterns::withoutRepetition));
        return new KeyPatterns(all);
    }

    private static List<KeyPattern> withoutRepetition(List<KeyPattern> some, List<KeyPattern> others) {
        others.stream().filter(other -> !some.contains(other)).forEach(some::add);
        return some;
    }

    /** Every glob, in the order of the mapping. */
    public List<String> globs() {
        return List.copyOf(byGlob.keySet());
    }

    /**
     * Whether a key that matches the glob can come from one of these templates. True for any key if the glob is unknown
     * here.
     */
    public boolean matches(String glob, byte[] key) {
        List<KeyPattern> patterns = byGlob.get(glob);
        return patterns == null || patterns.stream().anyMatch(pattern -> pattern.matches(key));
    }

    /** Whether the glob alone decides, so that {@link #matches} rejects no key that matches it. */
    public boolean isGlob(String glob) {
        List<KeyPattern> patterns = byGlob.get(glob);
        return patterns == null || patterns.stream().anyMatch(KeyPattern::isGlob);
    }
}
