// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.join.Join;
import dev.freshet.core.plan.join.JoinNode;
import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an {@link Influence} says of a table is what the planner does. */
class InfluenceTest {
    private static final Mapping MAPPING = MappingParser.parse("m.yaml", new StringReader("""
            freshet: 1
            entities:
              shop:
                table: shop
                id: id
                inherited: [theme]
                ignored: [seen]
                keys: [ "shop:{id}", { key: "items:{item.code}", on: [name] } ]
                resolved: [ "shop:{id}:all" ]
              item:
                table: item
                id: id
                references: { shop: shop_id }
                parent: shop
                listed: [name]
                keys: [ { key: "item:{shop.region}:{code}", from: { shop: [name] } } ]
                resolved: [ "item:{id}:all" ]
                listing: [ "shop:{shop_id}:items" ]
            """));
    private static final Map<String, Map<String, String>> ROWS = Map.of(
            "shop", Map.of("id", "1", "name", "a", "theme", "t", "region", "r", "seen", "s"),
            "item", Map.of("id", "7", "shop_id", "1", "name", "n", "code", "c", "price", "p"));

    @Test
    void theColumnsAreThoseWhoseUpdateEvicts() {
        var compared = new ArrayList<String>();
        for (EntityMapping owner : MAPPING.entities().values()) {
            for (KeyTemplate template : owner.templates()) {
                var planner = new Planner(MAPPING.only(owner, template));
                for (EntityMapping entity : MAPPING.entities().values()) {
                    for (String column : ROWS.get(entity.name()).keySet()) {
                        boolean said = planner.influences(planner.mapping().entity(entity.name())).stream()
                                .anyMatch(influence -> influence.columns().contains(column));
                        assertThat(!evictions(planner, entity, column).isEmpty())
                                .as("%s: update of %s.%s", template, entity, column)
                                .isEqualTo(said);
                        compared.add(entity + "." + column + " " + said);
                    }
                }
            }
        }
        assertThat(compared).contains("shop.theme true", "shop.seen false", "item.price true", "item.price false");
    }

    @Test
    void theReasonIsThatOfTheEvictionsOfADelete() {
        for (EntityMapping owner : MAPPING.entities().values()) {
            for (KeyTemplate template : owner.templates()) {
                var planner = new Planner(MAPPING.only(owner, template));
                for (EntityMapping entity : planner.mapping().entities().values()) {
                    for (Influence influence : planner.influences(entity)) {
                        assertThat(evictions(planner, entity, null))
                                .as("%s: delete of %s", template, entity)
                                .extracting(Eviction::reason)
                                .containsOnly(influence.reason());
                    }
                }
            }
        }
    }

    @Test
    void aMoveTakesTheColumnsThatLeadToTheKey() {
        EntityMapping item = MAPPING.entity("item");
        var planner = new Planner(MAPPING.only(item, item.templates().get(0)));
        assertThat(planner.influences(planner.mapping().entity("item")))
                .singleElement()
                .satisfies(
                        influence -> assertThat(influence.moving()).containsExactlyInAnyOrder("code", "shop_id", "id"));
        assertThat(planner.influences(planner.mapping().entity("shop")))
                .singleElement()
                .satisfies(influence -> {
                    assertThat(influence.moving()).containsExactlyInAnyOrder("region", "id");
                    assertThat(influence.node().path()).isEqualTo("shop");
                    assertThat(influence.node().parent())
                            .contains(influence.join().nodes().get(0));
                    assertThat(influence.node().carriesKey()).isTrue();
                });
    }

    @Test
    void theRouteGoesUpAndDownReferences() {
        EntityMapping shop = MAPPING.entity("shop");
        var planner = new Planner(MAPPING.only(shop, shop.templates().get(1)));
        assertThat(planner.influences(planner.mapping().entity("shop")))
                .singleElement()
                .extracting(Influence::route)
                .hasToString("[down to item by reference shop (id = item.shop_id)]");
        assertThat(planner.influences(planner.mapping().entity("item")))
                .singleElement()
                .extracting(Influence::route)
                .hasToString("[up to shop by reference shop (shop_id = shop.id)]");
    }

    @Test
    void aJoinNamesTheColumnsOfItsKeyInTheirOrder() {
        EntityMapping item = MAPPING.entity("item");
        Join join = Join.compile(MAPPING, item, item.templates().get(0));
        assertThat(join.keyColumns())
                .extracting(column -> column.node().path() + "/" + column.name())
                .containsExactly("shop/region", "/code");
        assertThat(join.nodes()).extracting(JoinNode::path).containsExactly("", "shop");
        assertThat(join.template()).isSameAs(item.templates().get(0));
    }

    /** @param column whose value was another; null: the row is deleted */
    private static List<Eviction> evictions(Planner planner, EntityMapping entity, String column) {
        var world = new MemoryRelations(planner.mapping(), planner.reads());
        var origin = new Origin(1, null, Instant.EPOCH);
        ROWS.forEach((name, row) ->
                world.apply(new RowChange(TableName.of(name), Operation.CREATE, null, new Row(row), origin)));
        var row = new Row(ROWS.get(entity.name()));
        RowChange change;
        if (column == null) {
            change = new RowChange(entity.table(), Operation.DELETE, row, null, origin);
        } else {
            var other = new LinkedHashMap<>(ROWS.get(entity.name()));
            other.put(column, "other");
            change = new RowChange(entity.table(), Operation.UPDATE, new Row(other), row, origin);
        }
        var evictions = new ArrayList<Eviction>();
        planner.begin(world).plan(List.of(change), evictions::add);
        return evictions;
    }
}
