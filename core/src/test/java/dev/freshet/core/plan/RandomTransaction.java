// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.ColumnUse;
import dev.freshet.model.mapping.ColumnUses;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes random rows and random transactions over any mapping. Values come from small domains, so that rows meet, move,
 * collide and dangle.
 */
final class RandomTransaction {
    private final Mapping mapping;
    private final Random random;
    private final List<ColumnUse> uses;
    private final List<EntityMapping> entities;
    private final List<Map<String, String>> images = new ArrayList<>();

    RandomTransaction(Mapping mapping, Random random) {
        this.mapping = mapping;
        this.random = random;
        this.uses = ColumnUses.of(mapping);
        this.entities = List.copyOf(mapping.entities().values());
    }

    World world() {
        var world = new World();
        for (EntityMapping entity : entities) {
            for (int i = random.nextInt(6); i > 0; i--) {
                insert(world, entity);
            }
        }
        return world;
    }

    /** Applies random statements to a world, and returns what the WAL says of them, with full old images. */
    List<RowChange> run(World world) {
        var changes = new ArrayList<RowChange>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            EntityMapping entity = entities.get(random.nextInt(entities.size()));
            List<Map<String, String>> rows = world.rows(entity);
            int dice = rows.isEmpty() ? 0 : random.nextInt(10);
            if (dice < 2) {
                Map<String, String> row = insert(world, entity);
                if (row != null) {
                    changes.add(change(entity, Operation.CREATE, null, row));
                }
            } else if (dice < 4) {
                deleteWithChildren(world, entity, rows.get(random.nextInt(rows.size())), changes);
            } else {
                update(world, entity, random.nextInt(rows.size()), dice == 4, changes);
            }
        }
        return changes;
    }

    private Map<String, String> insert(World world, EntityMapping entity) {
        Map<String, String> row = new LinkedHashMap<>();
        columns(entity).forEach(column -> row.put(column, value(entity, column)));
        if (hasId(world, entity, row)) {
            return null;
        }
        world.rows(entity).add(row);
        return row;
    }

    private void deleteWithChildren(
            World world, EntityMapping entity, Map<String, String> row, List<RowChange> changes) {
        world.rows(entity).remove(row);
        changes.add(change(entity, Operation.DELETE, row, null));
        for (EntityMapping child : mapping.childrenOf(entity)) {
            List<String> columns = child.parent().orElseThrow().columns();
            List<String> to = child.parent().get().to();
            for (Map<String, String> below : List.copyOf(world.rows(child))) {
                if (World.values(below, columns).equals(World.values(row, to))) {
                    deleteWithChildren(world, child, below, changes);
                }
            }
        }
    }

    private void update(World world, EntityMapping entity, int index, boolean newId, List<RowChange> changes) {
        Map<String, String> before = world.rows(entity).get(index);
        Map<String, String> after = new LinkedHashMap<>(before);
        for (String column : columns(entity)) {
            if (entity.id().contains(column) ? newId : random.nextInt(3) == 0) {
                after.put(column, value(entity, column));
            }
        }
        boolean sameId = World.values(before, entity.id()).equals(World.values(after, entity.id()));
        if (!sameId && hasId(world, entity, after)) {
            return;
        }
        world.rows(entity).set(index, after);
        if (!sameId && random.nextBoolean()) {
            changes.add(change(entity, Operation.DELETE, before, null));
            changes.add(change(entity, Operation.CREATE, null, after));
            return;
        }
        Map<String, String> shipped = new LinkedHashMap<>(after);
        shipped.replaceAll((column, value) -> value != null
                        && value.equals(before.get(column))
                        && !entity.id().contains(column)
                        && random.nextInt(8) == 0
                ? Row.UNAVAILABLE
                : value);
        changes.add(change(entity, Operation.UPDATE, before, shipped));
    }

    private RowChange change(
            EntityMapping entity, Operation operation, Map<String, String> before, Map<String, String> after) {
        return new RowChange(
                entity.table(),
                operation,
                before == null ? null : new Row(before),
                after == null ? null : new Row(after),
                new Origin(7, new Lsn(77), Instant.EPOCH));
    }

    private boolean hasId(World world, EntityMapping entity, Map<String, String> row) {
        List<String> id = World.values(row, entity.id());
        return world.rows(entity).stream()
                .anyMatch(other -> World.values(other, entity.id()).equals(id));
    }

    private Set<String> columns(EntityMapping entity) {
        Set<String> columns = new LinkedHashSet<>(ColumnUses.placing(uses, entity));
        uses.stream().filter(use -> use.entity().equals(entity.name())).forEach(use -> columns.add(use.column()));
        columns.add("remark");
        return columns;
    }

    private String value(EntityMapping entity, String column) {
        if (entity.id().contains(column)) {
            return String.valueOf(1 + random.nextInt(entity.id().size() == 1 ? 5 : 3));
        }
        return random.nextInt(8) == 0 ? null : String.valueOf(1 + random.nextInt(3));
    }
}
