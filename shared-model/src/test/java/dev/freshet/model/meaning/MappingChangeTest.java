// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappingChangeTest {
    private final Meaning shop = Shop.meaning(Shop.YAML);

    private static Arguments edit(String what, String yaml, Set<String> keys, Set<String> tags, String... told) {
        return Arguments.of(what, yaml, keys, tags, List.of(told));
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                edit(
                        "a template is new",
                        Shop.with("- \"store:{store_id}\"", "- \"store:{store_id}\"\n      - \"s[{city}]:{name}\""),
                        Set.of("s\\[*\\]:*"),
                        Set.of(),
                        "new: template s[{city}]:{name} of public.store"),
                edit(
                        "a template goes",
                        Shop.with(", \"store:{store_id}:shelves\"", ""),
                        Set.of("store:*:shelves"),
                        Set.of(),
                        "removed: template store:{store_id}:shelves of public.shelf"),
                edit(
                        "a template is spelled differently",
                        Shop.with("\"store:{store_id}:shelves\"", "\"store:{store_id}:boards\""),
                        Set.of("store:*:shelves", "store:*:boards"),
                        Set.of(),
                        "new: template store:{store_id}:boards of public.shelf",
                        "removed: template store:{store_id}:shelves of public.shelf"),
                edit(
                        "on",
                        Shop.with("on: [name, phone]", "on: [name]"),
                        Set.of("staff:*"),
                        Set.of(),
                        "changed: template staff:{nr} of hr.staff (on)"),
                edit(
                        "a step repeats",
                        Shop.with(
                                        "item: { table: item, id: id, tags: false, references: { shelf:",
                                        "item: { table: item, id: id, tags: false, keys: [ \"in:{in*.id}\" ], references: { in: { entity: item, columns: box }, shelf:")
                                .replace(", keys: [ \"item:{shelf.code}:{{{id}}}\" ]", ""),
                        Set.of("in:*", "item:*:{*}"),
                        Set.of(),
                        "new: template in:{public.item*.id} of public.item",
                        "removed: template item:{public.shelf.code}:{{id}} of public.item"),
                edit(
                        "when",
                        Shop.with("on: [name, phone]", "on: [name, phone], when: gone is null"),
                        Set.of("staff:*"),
                        Set.of(),
                        "changed: template staff:{nr} of hr.staff (when)"),
                edit(
                        "a function",
                        Shop.with("boss:{manager.name}", "boss:{left(lower(manager.name), 3)}"),
                        Set.of("boss:*"),
                        Set.of(),
                        "new: template boss:{left(lower(hr.staff.name), '3')} of public.store",
                        "removed: template boss:{hr.staff.name} of public.store"),
                edit(
                        "from names another column",
                        Shop.with("works.region: [name]", "works.region: [name, money]"),
                        Set.of("staff:*"),
                        Set.of(),
                        "changed: template staff:{nr} of hr.staff (from)"),
                edit(
                        "from has a condition",
                        Shop.with("works.region: [name]", "works.region: { on: [name], when: gone is null }"),
                        Set.of("staff:*"),
                        Set.of(),
                        "changed: template staff:{nr} of hr.staff (from)"),
                edit(
                        "from names another row",
                        Shop.with("works.region: [name]", "works: [name]"),
                        Set.of("staff:*"),
                        Set.of(),
                        "changed: template staff:{nr} of hr.staff (from)"),
                edit(
                        "a path by another reference",
                        Shop.with(
                                "keys: [ \"shelf:{code}:{store.region.name}\"",
                                "keys: [ \"shelf:{code}:{store.manager.name}\""),
                        Set.of("shelf:*:*"),
                        Set.of(),
                        "new: template shelf:{code}:{public.store.hr.staff.name} of public.shelf",
                        "removed: template shelf:{code}:{public.store.public.region.name} of public.shelf"),
                edit(
                        "a reference by another column",
                        Shop.with("columns: [boss]", "columns: [chief]"),
                        Set.of("boss:*", "staff:*"),
                        Set.of(),
                        "changed: template boss:{hr.staff.name} of public.store (path)",
                        "changed: template staff:{nr} of hr.staff (from)"),
                edit(
                        "a reference to another column",
                        Shop.with("to: [nr]", "to: [badge]"),
                        Set.of("boss:*", "staff:*"),
                        Set.of(),
                        "changed: template boss:{hr.staff.name} of public.store (path)",
                        "changed: template staff:{nr} of hr.staff (from)"),
                edit(
                        "a column that was ignored is not",
                        Shop.with("ignored: [seen, note]", "ignored: [seen]"),
                        Set.of("store:*", "store:*:all"),
                        Set.of("store:*"),
                        "changed: tags store:* (columns)",
                        "changed: template store:{store_id} of public.store (on)",
                        "changed: template store:{store_id}:all of public.store (on)"),
                edit(
                        "a column that is ignored, inherited by default",
                        Shop.with("parent: works", "parent: works\n    ignored: [phone]"),
                        Set.of(),
                        Set.of("staff:*", "store:*/staff"),
                        "changed: tags staff:* (columns)",
                        "changed: tags store:*/staff (columns)"),
                edit(
                        "inherited",
                        Shop.with("inherited: [name], ignored", "inherited: [name, tax], ignored"),
                        Set.of("store:*:all"),
                        Set.of("region:*/inherited"),
                        "changed: tags region:*/inherited (columns)",
                        "changed: template store:{store_id}:all of public.store (from)"),
                edit(
                        "listed",
                        Shop.with("listed: [name]", "listed: [name, city]"),
                        Set.of("region:*:*:stores"),
                        Set.of("region:*/store"),
                        "changed: tags region:*/store (columns)",
                        "changed: template region:{land}:{code}:stores of public.store (on)"),
                edit(
                        "a list becomes an own view",
                        Shop.with(
                                        "listing: [ \"region:{land}:{code}:stores\" ]",
                                        "keys: [ \"region:{land}:{code}:stores\" ]")
                                .replace(
                                        "\n    keys:\n      - \"store:{store_id}\"\n      - { key: \"boss:{manager.name}\", on: [] }",
                                        ""),
                        Set.of("store:*", "boss:*", "region:*:*:stores"),
                        Set.of(),
                        "changed: template region:{land}:{code}:stores of public.store (role, on)",
                        "removed: template boss:{hr.staff.name} of public.store",
                        "removed: template store:{store_id} of public.store"),
                edit(
                        "tags are purged",
                        Shop.with("id: [store_id, code]\n    tags: false", "id: [store_id, code]"),
                        Set.of(),
                        Set.of("shelf:*"),
                        "new: tags shelf:*"),
                edit(
                        "tags are not purged",
                        Shop.with("id: nr\n", "id: nr\n    tags: false\n"),
                        Set.of(),
                        Set.of("staff:*"),
                        "removed: tags staff:*"),
                edit(
                        "another isolate",
                        Shop.with("id: nr\n    isolate: owner", "id: nr\n    isolate: tenant"),
                        Set.of(),
                        Set.of("staff:*", "store:*/staff"),
                        "changed: tags staff:* (isolate)",
                        "changed: tags store:*/staff (isolate)"),
                edit(
                        "another id",
                        Shop.with("id: store_id", "id: shop")
                                .replace(
                                        "store: store_id }",
                                        "store: { entity: store, columns: store_id, to: store_id } }")
                                .replace("to: [store_id] } }\n    parent: works", "to: [shop] } }\n    parent: works"),
                        Set.of("store:*", "boss:*", "store:*:all", "region:*:*:stores", "staff:*", "shelf:*:*"),
                        Set.of("store:*", "store:*/inherited", "region:*/store", "store:*/staff", "staff:*"),
                        "changed: tags region:*/store (id)",
                        "changed: tags staff:* (parent)",
                        "changed: tags store:* (id)",
                        "changed: tags store:*/inherited (id)",
                        "changed: tags store:*/staff (id, parent)",
                        "changed: template boss:{hr.staff.name} of public.store (id, path)",
                        "changed: template region:{land}:{code}:stores of public.store (id)",
                        "changed: template shelf:{code}:{public.store.public.region.name} of public.shelf (path)",
                        "changed: template staff:{nr} of hr.staff (parent, from)",
                        "changed: template store:{store_id} of public.store (id)",
                        "changed: template store:{store_id}:all of public.store (id)"),
                edit(
                        "an id in another order, which tags tell",
                        Shop.with("id: [land, code]", "id: [code, land]")
                                .replace("{ region: [land, code]", "{ region: [code, land]"),
                        Set.of(),
                        Set.of("region:*", "region:*/inherited", "region:*/store"),
                        "changed: tags region:* (id)",
                        "changed: tags region:*/inherited (id)",
                        "changed: tags region:*/store (id, parent)"),
                edit(
                        "no parent",
                        Shop.with("    parent: works\n", ""),
                        Set.of("boss:*", "staff:*"),
                        Set.of("staff:*", "store:*/inherited", "store:*/staff"),
                        "changed: tags staff:* (parent)",
                        "changed: template boss:{hr.staff.name} of public.store (path)",
                        "changed: template staff:{nr} of hr.staff (parent)",
                        "removed: tags store:*/inherited",
                        "removed: tags store:*/staff"),
                edit(
                        "another table",
                        Shop.with("table: hr.staff", "table: hr.people"),
                        Set.of("boss:*", "staff:*"),
                        Set.of("staff:*", "store:*/staff"),
                        "changed: tags staff:* (table)",
                        "changed: tags store:*/staff (table)",
                        "new: table hr.people",
                        "new: template boss:{hr.people.name} of public.store",
                        "new: template staff:{nr} of hr.people",
                        "removed: table hr.staff",
                        "removed: template boss:{hr.staff.name} of public.store",
                        "removed: template staff:{nr} of hr.staff"),
                edit(
                        "another name, which tags tell",
                        Shop.with("  staff:\n", "  person:\n").replace("entity: staff", "entity: person"),
                        Set.of(),
                        Set.of("staff:*", "person:*", "store:*/staff", "store:*/person"),
                        "new: tags person:*",
                        "new: tags store:*/person",
                        "removed: tags staff:*",
                        "removed: tags store:*/staff"),
                edit(
                        "an entity goes",
                        Shop.YAML.substring(0, Shop.YAML.indexOf("  item:")),
                        Set.of("item:*:{*}"),
                        Set.of(),
                        "removed: table public.item",
                        "removed: template item:{public.shelf.code}:{{id}} of public.item"),
                edit(
                        "an entity that evicts nothing",
                        Shop.YAML + "  log: { table: log, id: id, tags: false }\n",
                        Set.of(),
                        Set.of(),
                        "new: table public.log"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    void tellsWhatDiffersAndNoMore(String what, String yaml, Set<String> keys, Set<String> tags, List<String> told) {
        Meaning edited = Shop.meaning(yaml);
        MappingChange change = MappingChange.between(shop, edited);
        assertThat(change.differences().stream().map(Difference::toString)).containsExactlyInAnyOrderElementsOf(told);
        assertThat(change.keyGlobs()).isEqualTo(new TreeSet<>(keys));
        assertThat(change.tagGlobs()).isEqualTo(new TreeSet<>(tags));
        assertThat(change.everything()).isFalse();
        assertThat(edited.hash()).isNotEqualTo(shop.hash());

        MappingChange back = MappingChange.between(edited, shop);
        assertThat(back.keyGlobs()).as("the way back").isEqualTo(change.keyGlobs());
        assertThat(back.tagGlobs()).as("the way back").isEqualTo(change.tagGlobs());
    }

    @Test
    void thereIsNoneBetweenEqualMeanings() {
        MappingChange none =
                MappingChange.between(shop, Meaning.read(shop.text()).orElseThrow());
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.keyGlobs()).isEmpty();
        assertThat(none.tagGlobs()).isEmpty();
        assertThat(none.everything()).isFalse();
    }

    @Test
    void anotherUnderstandingOfMappingsChangesEverything() {
        var older = new Meaning(shop.rules() - 1, shop.namespace(), shop.tables(), shop.keys(), shop.tags());
        MappingChange change = MappingChange.between(older, shop);
        assertThat(change.everything()).isTrue();
        assertThat(change.differences().toString()).contains("version " + Meaning.RULES + ", was " + older.rules());
    }

    @Test
    void anotherNamespaceChangesEverything() {
        MappingChange change =
                MappingChange.between(shop, Shop.meaning(Shop.with("namespace: shop", "namespace: mall")));
        assertThat(change.everything()).isTrue();
        assertThat(change.differences().toString()).contains("mall, was shop");
    }
}
