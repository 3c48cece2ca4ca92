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
 * Everything that decides when some tags are purged: the tags of an entity's rows, of what their descendants inherit,
 * or of the lists of their children.
 *
 * @param tags Redis glob of their names
 * @param of the table whose changes purge them
 * @param isolate the column of that table that holds the owner; null if the tags are shared
 * @param changed the columns of that table whose changes matter
 * @param list for lists, the parents that they belong to; otherwise null
 */
public record TagRule(String tags, TableRule of, String isolate, Columns changed, Listed list) {
    /**
     * The parents that the lists belong to.
     *
     * @param of the parent's table
     * @param isolate the column of the parent that holds its owner, or null
     * @param by the child's columns that hold the parent's id, in its order
     */
    public record Listed(TableRule of, String isolate, List<String> by) {
        public Listed {
            by = List.copyOf(by);
        }
    }

    /** The rules for the tags of an entity's rows. */
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
