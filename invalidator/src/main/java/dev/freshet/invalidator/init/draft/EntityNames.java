// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.invalidator.init.english.Singular;
import dev.freshet.model.mapping.TableName;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names the entities of tables: each name is of the language's form, and no two are alike. */
final class EntityNames {
    /** The language needs this word itself. */
    private static final String RESERVED = "inherited";

    private final Map<TableName, Name> names = new LinkedHashMap<>();
    private final Set<String> taken;

    private EntityNames(Collection<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    /**
     * A name.
     *
     * @param guess what of it is guessed
     */
    record Name(String text, Optional<String> guess) {}

    /**
     * Names tables.
     *
     * @param tables in the order in which they choose
     * @param taken names of other entities
     */
    static Map<TableName, Name> of(Collection<TableName> tables, Collection<String> taken) {
        var names = new EntityNames(taken);
        names.name(tables);
        return names.names;
    }

    private void name(Collection<TableName> tables) {
        Map<String, Integer> plain = new HashMap<>();
        tables.forEach(table -> plain.merge(clean(table.table()), 1, Integer::sum));
        Map<TableName, Name> wishes = new LinkedHashMap<>();
        Map<String, Integer> wanted = new HashMap<>();
        for (TableName table : tables) {
            String name = clean(table.table());
            // A singular that is another table's name would confuse.
            Name wish = Singular.of(name)
                    .filter(singular -> !plain.containsKey(singular))
                    .map(singular -> new Name(singular, Optional.of("singular of " + table.table())))
                    .orElse(new Name(name, Optional.empty()));
            wishes.put(table, wish);
            wanted.merge(wish.text(), 1, Integer::sum);
        }
        wishes.forEach((table, wish) -> {
            boolean alone = wanted.get(wish.text()) == 1 || table.schema().equals(TableName.DEFAULT_SCHEMA);
            String text =
                    alone && !taken.contains(wish.text()) ? wish.text() : clean(table.schema()) + "_" + wish.text();
            names.put(table, new Name(free(text), wish.guess()));
        });
    }

    private String free(String wish) {
        String name = wish;
        for (int i = 2; name.equals(RESERVED) || !taken.add(name); i++) {
            name = wish + "_" + i;
        }
        return name;
    }

    /** The name in letters, digits and underscores, beginning with a letter. */
    static String clean(String name) {
        String cleaned = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^A-Za-z0-9_-]+", "_")
                .replaceAll("^[^A-Za-z]+|[_-]+$", "");
        return cleaned.isEmpty() ? "table" : cleaned;
    }
}
