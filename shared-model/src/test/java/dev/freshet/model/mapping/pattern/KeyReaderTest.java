// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.CatalogTable.Identity;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyReaderTest {
    private static final Map<String, String> TYPES =
            Map.of("id", "int4", "shop", "int4", "slug", "text", "other", "text", "token", "uuid");

    private static KeyReader reader(String template) {
        return reader(template, name -> {
            var columns = new LinkedHashMap<String, Column>();
            TYPES.forEach((column, type) -> columns.put(column, new Column(type, false)));
            return Optional.of(new CatalogTable(name, columns, List.of(), Identity.FULL, Optional.empty(), List.of()));
        });
    }

    private static KeyReader reader(String template, Catalog catalog) {
        Mapping mapping = MappingParser.parse("m.yaml", new StringReader("""
                freshet: 1
                entities:
                  shop: { table: shop, id: id }
                  item: { table: item, id: id, references: { shop: shop }, keys: [ "%s" ] }
                """.formatted(template)));
        EntityMapping item = mapping.entity("item");
        return KeyReader.of(mapping, item, item.templates().get(0), catalog);
    }

    private static List<List<String>> read(String template, String key) {
        return reader(template).readings(key);
    }

    private static String difference(String template, String key) {
        return reader(template).difference(key).toString();
    }

    @Test
    void theValuesOfThePathsAreRead() {
        assertThat(read("stock:{shop.id}:{id}", "stock:1:7")).containsExactly(List.of("1", "7"));
        assertThat(read("item:{slug}", "item:ä:ö")).containsExactly(List.of("ä:ö"));
        assertThat(read("{{a}}:{slug}:end", "{a}:x:end")).containsExactly(List.of("x"));
        assertThat(read("item:{slug}", "item:")).containsExactly(List.of(""));
    }

    @Test
    void everyWayToReadAKeyIsFoundUpToALimit() {
        assertThat(read("i:{slug}:{other}", "i:a:b:c"))
                .containsExactlyInAnyOrder(List.of("a", "b:c"), List.of("a:b", "c"));
        assertThat(read("i:{slug}{other}", "i:ab"))
                .containsExactlyInAnyOrder(List.of("", "ab"), List.of("a", "b"), List.of("ab", ""));
        assertThat(read("i:{slug}{other}", "i:" + "x".repeat(400))).hasSize(KeyReader.MOST_READINGS);
    }

    @Test
    void aPathThatStandsTwiceHasOneValue() {
        assertThat(read("i:{slug}:{slug}", "i:a:a")).containsExactly(List.of("a", "a"));
        assertThat(read("i:{slug}:{slug}", "i:a:b")).isEmpty();
        assertThat(difference("i:{slug}:{slug}", "i:a:b")).contains("the same value for {slug} wherever it stands");
    }

    @Test
    void aValueThatTheColumnCannotHoldIsNoReading() {
        assertThat(read("item:{id}", "item:settings")).isEmpty();
        assertThat(read("item:{id}", "item:007")).isEmpty();
        assertThat(reader("item:{id}", name -> Optional.empty()).readings("item:settings"))
                .containsExactly(List.of("settings"));
        assertThat(difference("item:{id}", "item:settings"))
                .isEqualTo("after 5 characters: expected {id} of type integer, found 'settings'");
    }

    @Test
    void theDifferenceIsWhereTheKeyGoesFurthest() {
        assertThat(difference("item:{id}", "itme:7")).isEqualTo("after 2 characters: expected 'item:', found 'itme:7'");
        assertThat(difference("item:{id}:lines", "item:7:line"))
                .isEqualTo("after 11 characters: expected ':lines', found ':line'");
        assertThat(difference("item:{slug}:lines", "item:7:line"))
                .isEqualTo("after 11 characters: expected ':lines', found ':line'");
        assertThat(difference("item:{id}:lines", "item:7"))
                .isEqualTo("after 6 characters: expected ':lines', found the end");
        assertThat(difference("item:{token}:x", "item:7:x")).contains("expected {token} of type uuid");
        assertThat(difference("item:{id}:x", "item:7:x:y"))
                .isEqualTo("after 8 characters: expected the end, found ':y'");
        assertThat(difference("{{x", "é")).isEqualTo("after 0 characters: expected '{x', found 'é'");
        assertThatThrownBy(() -> difference("item:{id}", "item:7")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNearestTemplateHasTheLeastDistance() {
        assertThat(reader("item:{id}").distance("item:7")).isZero();
        assertThat(reader("item:{id}:lines").distance("item:7:line")).isEqualTo(1);
        assertThat(reader("item:{id}").distance("item:7:line")).isEqualTo(2);
        assertThat(reader("order:{id}").distance("item:7")).isGreaterThan(2);
        assertThat(reader("item:{id}").distance("")).isEqualTo(6);
        assertThat(reader("item:{id}").distance("item:settings")).isEqualTo(2);
        assertThat(reader("thing:{slug}:{other}").distance("item:settings")).isGreaterThan(2);
        assertThat(reader("item:{slug}").distance("item:" + "x".repeat(5_000))).isZero();
    }

    @Test
    void aHopelesslyAmbiguousKeyIsReadInBoundedTime() {
        assertThat(read("i:{slug}:{other}:{slug}:{other}:x", "i" + ":a".repeat(400)))
                .isEmpty();
        assertThat(reader("i:{slug}:{other}:{slug}:{other}:x").cannotTell("i" + ":a".repeat(400)))
                .isTrue();
        assertThat(reader("i:{slug}:x").cannotTell("i:a:y")).isFalse();
        assertThat(reader("i:{slug}:x").cannotTell("i:a:x")).isFalse();
    }

    @Test
    void aFunctionIsReadByItsForm() {
        assertThat(read("m:{md5(id)}", "m:" + "0f".repeat(16))).containsExactly(List.of("0f".repeat(16)));
        assertThat(read("m:{md5(id)}", "m:7")).isEmpty();
        assertThat(difference("m:{md5(id)}", "m:7")).isEqualTo("after 2 characters: expected {md5(id)}, found '7'");
        // A function without a form may make anything of a number.
        assertThat(read("m:{left(id, 1)}", "m:-")).containsExactly(List.of("-"));
        assertThat(read("m:{lower(slug)}:{upper(left(other, 2))}", "m:a:BC")).containsExactly(List.of("a", "BC"));
        assertThat(reader("m:{left(id, 1)}").distance("m:x")).isZero();
    }

    @Test
    void aPathThatStandsTwiceHasOneValueUnlessProgramsDiffer() {
        assertThat(read("m:{md5(slug)}:{md5(slug)}", "m:" + "0".repeat(32) + ":" + "1".repeat(32)))
                .isEmpty();
        assertThat(read("m:{slug}:{lower(slug)}", "m:A:a")).containsExactly(List.of("A", "a"));
        assertThat(read("m:{lower(slug)}-{lower(slug)}", "m:Ä-ä")).containsExactly(List.of("Ä", "ä"));
    }

    @Test
    void starsAreText() {
        assertThat(read("i:**:{id}", "i:*:7")).containsExactly(List.of("7"));
        assertThat(difference("i:**:{id}", "i:x:7")).isEqualTo("after 2 characters: expected 'i:*:', found 'i:x:7'");
    }

    @Test
    void aKeyThatBeginsWithAValueIsNoNameOfFreshets() {
        assertThat(read("{id}:users", "7:users")).containsExactly(List.of("7"));
        assertThat(read("{slug}:users", "a:b:users")).containsExactly(List.of("a:b"));
        assertThat(read("{slug}:users", "shop:{u1}:users")).isEmpty();
        assertThat(difference("{slug}:users", "shop:~x:users"))
                .isEqualTo("after 0 characters: expected a name that Freshet does not reserve for itself, found"
                        + " 'shop:~x:users'");
        assertThat(read("shop:{slug}:users", "shop:{u1}:users")).containsExactly(List.of("{u1}"));
    }

    @Test
    void pathsAreWrittenAsInAMapping() {
        var paths = new LinkedHashMap<String, String>();
        for (String path : List.of(
                "id",
                "shop.id",
                "left(lower(slug), 3)",
                "md5(shop.\\\"e-mail\\\")",
                "\\\"a b\\\"",
                "\\\"say \\\"\\\"hi\\\"\\\"\\\"")) {
            Mapping mapping = MappingParser.parse("m.yaml", new StringReader("""
                    freshet: 1
                    entities:
                      shop: { table: shop, id: id }
                      item: { table: item, id: id, references: { shop: shop }, keys: [ "i:{%s}" ] }
                    """.formatted(path)));
            var part = mapping.entity("item").templates().get(0).parts().get(1);
            paths.put(path.replace("\\", ""), KeyReader.text((Path) part));
        }
        assertThat(paths.remove("left(lower(slug), 3)")).isEqualTo("left(lower(slug), '3')");
        assertThat(paths)
                .hasSize(5)
                .allSatisfy((written, told) -> assertThat(told).isEqualTo(written));
    }
}
