// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import dev.freshet.core.plan.Coalescer;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.invalidator.cli.Counted;
import dev.freshet.invalidator.cli.evict.Wanted.RefusedException;
import dev.freshet.invalidator.cli.explain.Wording;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Mapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** All that changes of a row, or of a whole table, evict. The planner says what that is. */
final class RowTargets {
    /** More are refused: a purge of the entity is cheaper. */
    static final int MOST = 100_000;

    private static final Origin NOWHERE = new Origin(0, null, Instant.EPOCH);

    private final Mapping mapping;
    private final Function<Mapping, Relations> database;

    /** @param database the rows as they are now, for a mapping */
    RowTargets(Mapping mapping, Function<Mapping, Relations> database) {
        this.mapping = mapping;
        this.database = database;
    }

    private static final class TooManyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyException() {
            super(null, null, false, false);
        }
    }

    /**
     * What a delete of the row would evict: no other change of it evicts more. Of a row that is gone only the id is
     * known, so what depends on other columns goes by pattern.
     *
     * @throws RefusedException if that is too much
     */
    Wanted row(EntityMapping entity, List<String> id) throws RefusedException {
        var evictions = new Coalescer();
        var why = new ArrayList<String>();
        try {
            for (EntityMapping owner : mapping.entities().values()) {
                for (KeyTemplate template : owner.templates()) {
                    Mapping alone = mapping.only(owner, template);
                    var planner = new Planner(alone);
                    Relations now = database.apply(alone);
                    Row row = found(now, entity, id).orElse(Row.of(Header.of(entity.id()), id.toArray(String[]::new)));
                    int before = evictions.size();
                    plan(planner, now, delete(alone.entity(entity.name()), row), evictions);
                    int more = evictions.size() - before;
                    if (more > 0) {
                        why.add(Counted.of(more, "eviction") + "    by " + template + ", "
                                + Wording.place(owner, template));
                    }
                }
            }
            tags(entity, id, evictions, why);
        } catch (TooManyException e) {
            throw new RefusedException("a change of " + entity + " " + String.join(",", id) + " evicts more than "
                    + MOST + " keys; expected fewer: purge the entity instead");
        }
        return new Wanted(distinct(evictions), why);
    }

    private void tags(EntityMapping entity, List<String> id, Coalescer evictions, List<String> why) {
        Mapping tagsAlone = mapping.withoutKeys();
        var planner = new Planner(tagsAlone);
        Optional<Row> known = found(database.apply(mapping), entity, id);
        var columns = new LinkedHashSet<>(entity.id());
        entity.isolate().ifPresent(columns::add);
        entity.parent().ifPresent(parent -> columns.addAll(parent.columns()));
        Map<String, String> row = new LinkedHashMap<>();
        columns.forEach(column -> row.put(
                column,
                known.filter(found -> found.knows(column))
                        .map(found -> found.get(column))
                        .orElse(
                                entity.id().contains(column)
                                        ? id.get(entity.id().indexOf(column))
                                        : Row.UNAVAILABLE)));
        int before = evictions.size();
        var world = new MemoryRelations(tagsAlone, planner.reads());
        plan(planner, world, delete(tagsAlone.entity(entity.name()), new Row(row)), evictions);
        int more = evictions.size() - before;
        if (more > 0) {
            why.add(Counted.of(more, "tag") + "    of entity " + entity + ", " + entity.at());
        }
    }

    /** What a TRUNCATE of the entity's table evicts. */
    Wanted entity(EntityMapping entity) {
        var planner = new Planner(mapping);
        var evictions = new Coalescer();
        var truncate = new RowChange(entity.table(), Operation.TRUNCATE, null, null, NOWHERE);
        planner.begin(new MemoryRelations(mapping, planner.reads())).plan(List.of(truncate), evictions);
        List<Eviction> all = distinct(evictions);
        var why = new ArrayList<String>();
        for (Eviction eviction : all) {
            if (eviction.kind() == Eviction.Kind.TAGS) {
                why.add("tags " + eviction.name() + "    of entity " + entity + ", " + entity.at());
            }
        }
        for (EntityMapping owner : mapping.entities().values()) {
            owner.templates().stream()
                    .filter(template -> all.stream()
                            .anyMatch(eviction -> eviction.kind() == Eviction.Kind.KEYS
                                    && eviction.name().equals(template.glob())))
                    .forEach(template -> why.add(
                            "keys " + template.glob() + "    by " + template + ", " + Wording.place(owner, template)));
        }
        return new Wanted(all, why);
    }

    private static List<Eviction> distinct(Coalescer evictions) {
        var all = new ArrayList<Eviction>();
        evictions.drain(all::add);
        return List.copyOf(all);
    }

    private static RowChange delete(EntityMapping entity, Row row) {
        return new RowChange(entity.table(), Operation.DELETE, row, null, NOWHERE);
    }

    private static void plan(Planner planner, Relations world, RowChange change, Coalescer evictions) {
        Consumer<Eviction> bounded = eviction -> {
            evictions.accept(eviction);
            if (evictions.size() > MOST) {
                throw new TooManyException();
            }
        };
        planner.begin(world).plan(List.of(change), bounded);
    }

    private static Optional<Row> found(Relations now, EntityMapping entity, List<String> id) {
        var found = new ArrayList<Row>();
        now.find(entity.table(), entity.id(), List.of(id), (tuple, row) -> found.add(row));
        return found.stream().findFirst();
    }
}
