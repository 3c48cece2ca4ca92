// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import dev.freshet.model.mapping.ColumnUse.Kind;
import dev.freshet.model.mapping.KeyTemplate.From;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.KeyTemplate.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Collects which columns a mapping uses, and for what. */
public final class ColumnUses {
    private final Mapping mapping;
    private final List<ColumnUse> uses = new ArrayList<>();

    private ColumnUses(Mapping mapping) {
        this.mapping = mapping;
    }

    /** Every use of a column, entity by entity. */
    public static List<ColumnUse> of(Mapping mapping) {
        var collector = new ColumnUses(mapping);
        mapping.entities().values().forEach(collector::entity);
        return List.copyOf(collector.uses);
    }

    /** The columns of an entity that decide which keys and tags a row affects; the id comes first. */
    public static Set<String> placing(List<ColumnUse> uses, EntityMapping entity) {
        return columns(uses, entity, Kind::isPlacing);
    }

    /** The columns of an entity that planning reads of rows around a change; the id comes first. */
    public static Set<String> read(List<ColumnUse> uses, EntityMapping entity) {
        return columns(uses, entity, Kind::isRead);
    }

    private static Set<String> columns(List<ColumnUse> uses, EntityMapping entity, Predicate<Kind> wanted) {
        Set<String> columns = new LinkedHashSet<>(entity.id());
        uses.stream()
                .filter(use -> use.entity().equals(entity.name()) && wanted.test(use.kind()))
                .forEach(use -> columns.add(use.column()));
        return columns;
    }

    private void entity(EntityMapping entity) {
        use(entity.name(), entity.id(), Kind.ID, entity.at("id"));
        entity.isolate().ifPresent(column -> use(entity.name(), List.of(column), Kind.ISOLATE, entity.at("isolate")));
        named(entity, entity.inherited(), Kind.COMPARED, "inherited");
        named(entity, entity.listed(), Kind.COMPARED, "listed");
        named(entity, entity.ignored(), Kind.IGNORED, "ignored");
        entity.parent().ifPresent(parent -> step(entity, Step.along(parent), parent.at()));
        entity.templates().forEach(template -> template(entity, template));
    }

    private void template(EntityMapping entity, KeyTemplate template) {
        for (KeyTemplate.Part part : template.parts()) {
            if (part instanceof Path path) {
                EntityMapping end = steps(entity, path.steps(), template.at());
                use(end.name(), List.of(path.column()), Kind.KEY, template.at());
            }
        }
        for (From from : template.from()) {
            EntityMapping end = steps(entity, from.steps(), template.at());
            use(end.name(), from.columns().names(), Kind.COMPARED, template.at());
            use(end.name(), from.when().columns(), Kind.CONDITION, template.at());
        }
        use(entity.name(), template.when().columns(), Kind.CONDITION, template.at());
        if (!template.on().exclusive()) {
            use(entity.name(), template.on().names(), Kind.COMPARED, template.at());
        }
        if (template.role() == Role.RESOLVED) {
            steps(entity, mapping.ancestors(entity), template.at());
        }
    }

    private EntityMapping steps(EntityMapping start, List<Step> steps, Location at) {
        EntityMapping here = start;
        for (Step step : steps) {
            here = step(here, step, at);
        }
        return here;
    }

    private EntityMapping step(EntityMapping here, Step step, Location at) {
        use(here.name(), step.near(), Kind.JOIN, at);
        use(step.entity(), step.far(), Kind.JOIN, at);
        return mapping.entity(step.entity());
    }

    private void named(EntityMapping entity, ColumnSet columns, Kind kind, String key) {
        if (!columns.exclusive()) {
            use(entity.name(), columns.names(), kind, entity.at(key));
        }
    }

    private void use(String entity, Collection<String> columns, Kind kind, Location at) {
        columns.forEach(column -> uses.add(new ColumnUse(entity, column, kind, at)));
    }
}
