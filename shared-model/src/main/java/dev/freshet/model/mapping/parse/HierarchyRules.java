// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.finding.MappingCode;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Reference;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Checks the rules that span several entities. */
final class HierarchyRules {
    private final Problems problems;
    private final Map<String, EntityMapping> entities;

    HierarchyRules(Problems problems, Map<String, EntityMapping> entities) {
        this.problems = problems;
        this.entities = entities;
    }

    void check() {
        oneEntityATable();
        noCircles();
        entities.values()
                .forEach(entity -> entity.parent()
                        .ifPresent(reference -> parentOf(entity, entities.get(reference.entity()), reference)));
    }

    private void oneEntityATable() {
        Map<TableName, EntityMapping> byTable = new HashMap<>();
        for (EntityMapping entity : entities.values()) {
            EntityMapping first = byTable.putIfAbsent(entity.table(), entity);
            if (first != null) {
                problems.error(
                        MappingCode.TABLE_TWICE,
                        entity.at("table"),
                        "table " + entity.table() + " of " + entity + " is also that of " + first + " (line "
                                + first.at("table").line() + "); expected one entity a table");
            }
        }
    }

    private void noCircles() {
        var told = new HashSet<String>();
        for (EntityMapping start : entities.values()) {
            var way = new ArrayList<String>();
            EntityMapping here = start;
            while (here != null && !way.contains(here.name())) {
                way.add(here.name());
                here = above(here);
            }
            if (here != null && here.name().equals(start.name()) && told.addAll(way)) {
                way.add(start.name());
                problems.error(
                        MappingCode.PARENT_CIRCLE,
                        start.at("parent"),
                        "parents go in a circle: " + String.join(" -> ", way));
            }
        }
    }

    /** The parent; null if there is none, or if the entity is its own. */
    private EntityMapping above(EntityMapping entity) {
        return entity.parent()
                .map(reference -> entities.get(reference.entity()))
                .filter(parent -> parent != entity)
                .orElse(null);
    }

    private void parentOf(EntityMapping child, EntityMapping parent, Reference reference) {
        if (parent.tags() && !List.copyOf(reference.to()).containsAll(parent.id())) {
            problems.error(
                    MappingCode.PARENT_NOT_BY_ID,
                    child.at("parent"),
                    "parent of " + child + ": reference " + reference.name() + " points at " + reference.to()
                            + "; with tags expected the id of " + parent + ", " + parent.id());
        }
        if (parent.tags()
                && child.tags()
                && parent.isolate().isPresent() != child.isolate().isPresent()) {
            EntityMapping bare = child.isolate().isPresent() ? parent : child;
            problems.error(
                    MappingCode.ISOLATE_MISSING,
                    bare.at(),
                    "entity " + bare + " has no 'isolate', but its "
                            + (bare == child ? "parent " + parent : "child " + child)
                            + " has; an entry of the one could not be purged by tags of the other");
        }
    }
}
