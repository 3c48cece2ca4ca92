// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A table as the rules of keys and tags see it.
 *
 * @param table as {@code schema.table}
 * @param id the columns that identify its rows
 * @param above the tables above it in the hierarchy, nearest first. A TRUNCATE of one of these counts as a TRUNCATE of
 *     this table, and so does a change that lacks the id.
 */
public record TableRule(String table, List<String> id, List<Above> above) {
    /** A table above another one. */
    public record Above(String table, List<String> id) {
        public Above {
            id = List.copyOf(id);
        }
    }

    public TableRule {
        id = List.copyOf(id);
        above = List.copyOf(above);
    }

    /** For keys, which do not depend on the order of the id's columns. */
    static TableRule unordered(Mapping mapping, EntityMapping entity) {
        return new TableRule(entity.table().toString(), sorted(entity), above(mapping, entity));
    }

    /** For tags, which contain the id in its order. */
    static TableRule ordered(Mapping mapping, EntityMapping entity) {
        return new TableRule(entity.table().toString(), entity.id(), above(mapping, entity));
    }

    private static List<Above> above(Mapping mapping, EntityMapping entity) {
        var above = new ArrayList<Above>();
        for (Step step : mapping.ancestors(entity)) {
            if (!step.isRepeated()) {
                EntityMapping parent = mapping.entity(step.entity());
                above.add(new Above(parent.table().toString(), sorted(parent)));
            }
        }
        return above;
    }

    private static List<String> sorted(EntityMapping entity) {
        return entity.id().stream().sorted().toList();
    }
}
