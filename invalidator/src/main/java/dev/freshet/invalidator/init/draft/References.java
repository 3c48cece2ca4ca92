// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.schema.ForeignKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes references from the foreign keys of one table. */
final class References {
    private final String entity;
    private final Map<List<Object>, DraftReference> made = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    private References(String entity) {
        this.entity = entity;
    }

    /** A foreign key to an entity. */
    record Link(ForeignKey key, String entity, List<String> id) {}

    static List<DraftReference> of(String entity, List<Link> links) {
        var references = new References(entity);
        links.forEach(link -> references.add(link, links));
        return List.copyOf(references.made.values());
    }

    private void add(Link link, List<Link> all) {
        ForeignKey key = link.key();
        if (made.containsKey(List.of(key.columns(), key.to(), link.entity()))) {
            return;
        }
        long alike = all.stream()
                .filter(each -> each.entity().equals(link.entity()))
                .map(each -> each.key().columns())
                .distinct()
                .count();
        String wish = alike == 1 && !link.entity().equals(entity) && isNamedLike(link) ? link.entity() : stem(link);
        String name = wish;
        for (int i = 2; !names.add(name); i++) {
            name = wish + "_" + i;
        }
        made.put(
                List.of(key.columns(), key.to(), link.entity()),
                new DraftReference(
                        name, link.entity(), key.columns(), key.to(), key.to().equals(link.id())));
    }

    /** Whether the column says nothing beyond the entity's name. Several columns never do. */
    private static boolean isNamedLike(Link link) {
        String stem = stem(link);
        return link.key().columns().size() > 1
                // A column that is named like the id that it points at says nothing either.
                || link.key().columns().equals(link.id())
                || List.of(link.entity(), EntityNames.clean(link.key().target().table())).stream()
                        .anyMatch(name -> flat(name).equals(flat(stem)));
    }

    /** The name that the last column suggests: {@code manager} for {@code manager_id}. */
    private static String stem(Link link) {
        List<String> columns = link.key().columns();
        var own = new ArrayList<>(columns);
        own.removeAll(link.key().to());
        // Of several columns those that are named alike on both sides, such as a tenant's, say nothing.
        String column = own.isEmpty() ? columns.get(columns.size() - 1) : own.get(own.size() - 1);
        String name = EntityNames.clean(column);
        if (flat(name).equals(flat(link.entity()) + "id")) {
            return link.entity();
        }
        String stem = name.replaceFirst("(?i)_(id|uuid|fk|key)$", "").replaceFirst("(?<=[a-z0-9])(Id|ID)$", "");
        if (isRunTogether(link) && stem.equals(name) && name.matches("[a-z0-9]{3,}id")) {
            return name.substring(0, name.length() - 2);
        }
        return stem.isEmpty() ? link.entity() : stem;
    }

    /** Whether ids are named as one word here, such as {@code productid}. */
    private static boolean isRunTogether(Link link) {
        List<String> to = link.key().to();
        return to.get(to.size() - 1).matches("[a-z0-9]{2,}id");
    }

    private static String flat(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
