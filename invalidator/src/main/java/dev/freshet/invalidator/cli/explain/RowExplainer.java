// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Influence;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.LookUpException;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import dev.freshet.invalidator.cli.explain.RowExplanation.TemplateEffect;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Explains what changes of a row evict. The planner itself is asked, with the mapping reduced to one template at a
 * time, so that each key can be said to come from that template.
 */
final class RowExplainer {
    private final Mapping mapping;
    private final Optional<Function<Mapping, Relations>> database;
    private final String why;
    private final int shown;

    /**
     * @param database the rows as they are now, for a mapping; empty if there is none to ask
     * @param why there is none
     * @param shown how many keys to show for each template
     */
    RowExplainer(Mapping mapping, Optional<Function<Mapping, Relations>> database, String why, int shown) {
        this.mapping = mapping;
        this.database = database;
        this.why = why;
        this.shown = shown;
    }

    /** @throws LookUpException if the database cannot look such an id up */
    RowExplanation explain(EntityMapping entity, List<String> id) {
        Optional<Row> row = database.flatMap(asked -> row(asked.apply(mapping), entity, id));
        var found = new ArrayList<Found>();
        for (EntityMapping owner : mapping.entities().values()) {
            for (KeyTemplate template : owner.templates()) {
                Mapping alone = mapping.only(owner, template);
                var planner = new Planner(alone);
                EntityMapping same = alone.entity(entity.name());
                List<Influence> influences = planner.influences(same);
                if (!influences.isEmpty()) {
                    found.add(new Found(owner, template, influences, keys(planner, same, id, influences)));
                }
            }
        }
        List<TemplateEffect> effects = effects(found);
        var tags = new TagProbe(mapping, entity).effects(row.orElse(idOnly(entity, id)));
        Asked<Boolean> exists = database.isEmpty() ? Asked.not(why) : Asked.answered(row.isPresent());
        return new RowExplanation(entity, id, exists, effects, tags);
    }

    /** A template that the row is part of, with all its keys. */
    private record Found(
            EntityMapping owner,
            KeyTemplate template,
            List<Influence> influences,
            Asked<PlannedKeys.Planned> planned) {}

    private List<TemplateEffect> effects(List<Found> found) {
        var distinct = new DistinctKeys();
        found.forEach(one -> one.planned().answer().ifPresent(planned -> distinct.add(planned.all())));
        return found.stream()
                .map(one -> new TemplateEffect(
                        one.owner(),
                        one.template(),
                        one.influences(),
                        new Asked<>(
                                one.planned().answer().map(planned -> distinct.listed(planned, shown)),
                                one.planned().why())))
                .toList();
    }

    private Asked<PlannedKeys.Planned> keys(
            Planner planner, EntityMapping entity, List<String> id, List<Influence> influences) {
        if (database.isPresent()) {
            Relations now = database.get().apply(planner.mapping());
            return row(now, entity, id)
                    .map(row -> Asked.answered(PlannedKeys.ofDelete(planner, entity, row, now)))
                    .orElse(Asked.not("there is no such row now"));
        }
        if (influences.stream().anyMatch(influence -> !influence.node().route().isEmpty())) {
            return Asked.not(why);
        }
        // No other row is needed; without the row's own values the planner answers with a pattern.
        var nothing = new MemoryRelations(planner.mapping(), planner.reads());
        return Asked.answered(PlannedKeys.ofDelete(planner, entity, idOnly(entity, id), nothing));
    }

    private static Row idOnly(EntityMapping entity, List<String> id) {
        return Row.of(Header.of(entity.id()), id.toArray(String[]::new));
    }

    private static Optional<Row> row(Relations now, EntityMapping entity, List<String> id) {
        var found = new ArrayList<Row>();
        now.find(entity.table(), entity.id(), List.of(id), (tuple, row) -> found.add(row));
        return found.stream().findFirst();
    }
}
