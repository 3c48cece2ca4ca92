// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.core.plan.Coalescer;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A template, or the tags of all entities, with the planner of a mapping that has nothing else.
 *
 * @param text as written in the mapping, with its condition if it has one; or {@code tags}
 */
record Rule(String text, Location at, Planner planner) {
    static List<Rule> of(Mapping mapping) {
        var rules = new ArrayList<Rule>();
        for (EntityMapping owner : mapping.entities().values()) {
            for (KeyTemplate template : owner.templates()) {
                rules.add(new Rule(
                        template.textWithCondition(), template.at(), new Planner(mapping.only(owner, template))));
            }
        }
        if (mapping.entities().values().stream().anyMatch(EntityMapping::tags)) {
            rules.add(new Rule("tags", new Location(mapping.file(), 1, 1), new Planner(mapping.withoutKeys())));
        }
        return rules;
    }

    /** Whether changes of the entity's rows can evict anything by this rule. */
    boolean concerns(EntityMapping entity) {
        Mapping reduced = planner.mapping();
        EntityMapping same = reduced.entity(entity.name());
        return !planner.influences(same).isEmpty()
                || same.tags()
                || reduced.parentOf(same).filter(EntityMapping::tags).isPresent();
    }

    /** What the changes of a case evict by this rule. */
    List<Eviction> evictions(TestCase of) {
        var evictions = new ArrayList<Eviction>();
        plan(planner, of, evictions::add);
        return evictions;
    }

    /** What the changes of a case evict by the whole mapping, each once. */
    static List<Eviction> all(Planner whole, TestCase of) {
        var coalescer = new Coalescer();
        plan(whole, of, coalescer);
        var evictions = new ArrayList<Eviction>();
        coalescer.drain(evictions::add);
        return evictions;
    }

    private static void plan(Planner planner, TestCase of, Consumer<Eviction> evictions) {
        var rows = new MemoryRelations(planner.mapping(), planner.reads());
        of.rows().forEach(rows::apply);
        of.changes().forEach(rows::apply);
        planner.begin(rows).plan(of.changes(), evictions);
    }
}
