// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.mapping.parse.MappingParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeaningTest {
    private final Meaning shop = Shop.meaning(Shop.YAML);

    static Stream<Arguments> otherSpellings() {
        return Stream.of(
                Arguments.of("a comment", Shop.with("tags: true\n", "tags: true # of all\n")),
                Arguments.of("quotes", Shop.with("namespace: shop", "namespace: \"shop\"")),
                Arguments.of("the schema left out", Shop.with("table: public.store", "table: store")),
                Arguments.of("the schema written", Shop.with("table: shelf\n", "table: public.shelf\n")),
                Arguments.of("a list of one", Shop.with("id: nr", "id: [nr]")),
                Arguments.of("one of a list", Shop.with("listed: [name]", "listed: name")),
                Arguments.of("tags written though they are the default", Shop.with("id: nr", "id: nr\n    tags: true")),
                Arguments.of(
                        "columns in another order", Shop.with("inherited: [name, city]", "inherited: [city, name]")),
                Arguments.of("on in another order", Shop.with("on: [name, phone]", "on: [phone, name]")),
                Arguments.of(
                        "from in another order",
                        Shop.with(
                                "works.region: [name], store(manager): [city]",
                                "store(manager): [city], works.region: [name]")),
                Arguments.of("from in full", Shop.with("works.region: [name]", "works.region: { on: [name] }")),
                Arguments.of(
                        "templates in another order",
                        Shop.with(
                                "\"shelf:{code}:{store.region.name}\", \"store:{store_id}:shelves\"",
                                "\"store:{store_id}:shelves\", \"shelf:{code}:{store.region.name}\"")),
                Arguments.of(
                        "a template twice",
                        Shop.with(
                                "\"store:{store_id}:shelves\"",
                                "\"store:{store_id}:shelves\", \"store:{store_id}:shelves\"")),
                Arguments.of(
                        "a template in full",
                        Shop.with("- \"store:{store_id}\"", "- { key: \"store:{store_id}\", from: {} }")),
                Arguments.of("a reference by another name", Shop.YAML.replace("works", "shop")),
                Arguments.of(
                        "a reference that nothing uses",
                        Shop.with(
                                "references: { shelf:",
                                "references: { s: { entity: store, columns: store_id }, shelf:")),
                Arguments.of(
                        "a reference in full",
                        Shop.with(
                                "{ region: [land, code], manager",
                                "{ region: { entity: region, columns: [land, code], to: [land, code] }, manager")),
                Arguments.of(
                        "a reference's columns in another order",
                        Shop.with(
                                "{ region: [land, code], manager",
                                "{ region: { entity: region, columns: [code, land], to: [code, land] }, manager")),
                Arguments.of(
                        "an id in another order that no tag tells",
                        Shop.with("id: [store_id, code]\n    tags", "id: [code, store_id]\n    tags")
                                .replace("shelf: [store_id, shelf]", "shelf: [shelf, store_id]")),
                Arguments.of(
                        "what is inherited where nobody inherits",
                        Shop.with(
                                "tags: false\n    references: { store:",
                                "tags: false\n    inherited: [code]\n    references: { store:")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherSpellings")
    void anotherSpellingHasTheSameMeaning(String what, String yaml) {
        Meaning other = Shop.meaning(yaml);
        assertThat(MappingChange.between(shop, other).differences()).isEmpty();
        assertThat(other.text()).isEqualTo(shop.text());
        assertThat(other.hash()).isEqualTo(shop.hash());
    }

    @Test
    void functionsAndConditionsAreSpelledInManyWays() {
        String template = "- { key: \"boss:{manager.name}\", on: [] }";
        Meaning one = Shop.meaning(
                Shop.with(
                        template,
                        "- { key: \"boss:{left(lower(manager.name),3)}\", on: [], when: \"gone is null and kind in ('a', 'b')\" }"));
        Meaning other = Shop.meaning(
                Shop.with(
                        template,
                        "- { key: \"boss:{ LEFT( Lower(manager.name), '3') }\", on: [], when: \"(kind = 'b' OR 'a' = kind) and (gone is null)\" }"));
        assertThat(other.text()).isEqualTo(one.text());
        assertThat(Meaning.read(one.text())).contains(one);
        assertThat(one.text()).isNotEqualTo(shop.text());
    }

    @Test
    void conditionsOfFurtherRowsAreSpelledInManyWays() {
        String rows = "works.region: [name]";
        Meaning one = Shop.meaning(Shop.with(rows, "works.region: { on: [name], when: gone is null and a = 1 }"));
        Meaning other = Shop.meaning(Shop.with(rows, "works.region: { when: \"1 = a AND (gone IS NULL)\", on: name }"));
        assertThat(other.text()).isEqualTo(one.text());
        assertThat(Meaning.read(one.text())).contains(one);
    }

    /** Positions of a running system hold it: another form means a purge for everybody, so it is changed knowingly. */
    @Test
    void theFormIsFixed() {
        Meaning small = Shop.meaning("""
                freshet: 1
                namespace: n
                entities:
                  b: { table: b, id: id, references: { a: a_id }, keys: [ { key: "b:{id}:{a.x}", on: [y] } ] }
                  a: { table: s.a, id: id, tags: true, isolate: o }
                """);
        assertThat(small.text())
                .isEqualTo(
                        "{\"rules\":1,\"namespace\":\"n\",\"tables\":[\"public.b\",\"s.a\"],\"keys\":[{\"of\":{\"table\":\"public.b\","
                                + "\"id\":[\"id\"],\"above\":[]},\"role\":\"keys\",\"key\":[{\"text\":\"b:\",\"steps\":[]},{\"steps\":[],"
                                + "\"column\":\"id\"},{\"text\":\":\",\"steps\":[]},{\"steps\":[{\"to\":{\"table\":\"s.a\",\"id\":[\"id\"],"
                                + "\"above\":[]},\"near\":[\"a_id\"],\"far\":[\"id\"]}],\"column\":\"x\"}],\"on\":{\"except\":false,"
                                + "\"names\":[\"y\"]},\"from\":[]}],\"tags\":[{\"tags\":\"a:*\",\"of\":{\"table\":\"s.a\",\"id\":[\"id\"],"
                                + "\"above\":[]},\"isolate\":\"o\",\"changed\":{\"except\":true,\"names\":[]}}]}");
        assertThat(small.hash()).hasSize(64).isEqualTo(Meaning.hash(small.text()));
    }

    @Test
    void isReadAsItWasWritten() {
        assertThat(Meaning.read(shop.text())).contains(shop);
    }

    @ParameterizedTest
    @ValueSource(strings = {"contexts-plain.yaml", "rental-shop.yaml"})
    void theExamplesAreReadAsTheyWereWritten(String file) throws IOException {
        Meaning example = Meaning.of(MappingParser.parse(Path.of("..", "deploy", "mappings", file)));
        assertThat(Meaning.read(example.text())).contains(example);
    }

    @Test
    void whatIsNotTheFormIsNotRead() {
        String text = shop.text();
        assertThat(Stream.of(
                                "",
                                "null",
                                "{}",
                                "[]",
                                "{",
                                text.substring(0, text.length() - 1),
                                text + " ",
                                text + text,
                                text.replace("\"rules\":1,", ""),
                                text.replace("\"rules\":1,", "\"rules\":null,"),
                                text.replace("\"rules\":1,", "\"rules\":1,\"more\":1,"),
                                text.replace("\"above\"", "\"below\""),
                                text.replace("\"except\":false", "\"except\":0"),
                                text.replace("\"text\":\"store:\"", "\"text\":null"))
                        .map(Meaning::read))
                .allSatisfy(read -> assertThat(read).isEmpty());
    }
}
