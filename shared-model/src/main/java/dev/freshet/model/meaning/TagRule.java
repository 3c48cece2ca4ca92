// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * All that decides when some tags are purged: those of an entity's rows, of what their descendants inherit, or of the lists
 * of their children.
 *
 * @param tags Redis glob of their names
 * @param of the table whose changes purge them
 * @param isolate its column that tells whose they are; null if they are shared
 * @param changed its columns whose change matters
 * @param list for lists, whose they are; else null
 */
public record TagRule(String tags, TableRule of, String isolate, Columns changed, Listed list) {
    /**
     * Whose lists they are.
     *
     * @param of the parent's table
     * @param isolate the parent's column that tells whose it is, or null
     * @param by the child's columns that hold the parent's id, in its order
     */
    public record Listed(TableRule of, String isolate, List<String> by) {
        public Listed {
            by = List.copyOf(by);
        }
    }

    /** Those that purge the tags of an entity's rows. */
    static List<TagRule> of(Mapping mapping, EntityMapping entity) {
        if (!entity.tags()) {
            return List.of();
        }
        TableRule table = TableRule.ordered(mapping, entity);
        String isolate = entity.isolate().orElse(null);
        List<EntityMapping> children = mapping.childrenOf(entity);
        var rules = new ArrayList<TagRule>();
        rules.add(new TagRule(entity.name() + ":*", table, isolate, Columns.of(entity.watched()), null));
        if (!children.isEmpty()) {
            ColumnSet inherited = entity.inherited()
                    .and(entity.parent().map(Reference::columns).orElse(List.of()));
            rules.add(new TagRule(entity.name() + ":*/inherited", table, isolate, Columns.of(inherited), null));
        }
        for (EntityMapping child : children) {
            rules.add(new TagRule(
                    entity.name() + ":*/" + child.name(),
                    TableRule.unordered(mapping, child),
                    child.isolate().orElse(null),
                    Columns.of(child.listed()),
                    new Listed(table, isolate, child.parentId(entity))));
        }
        return rules;
    }
}
