// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.finding.MappingCode;
import dev.freshet.model.finding.Severity;
import dev.freshet.model.mapping.Problem;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenTemplatesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'item:{id}', { key: 'item:{id}', on: [name] }",
                "{ key: 'item:{id}', on: [name, price] }, { key: 'item:{id}', on: [price] }",
                "'item:{id}', { key: 'item:{id}', when: price is null }",
                "{ key: 'item:{id}', on: [name, price] }, { key: 'item:{id}', on: [name], when: price is null }",
                "{ key: 'item:{id}', from: { shop: [name, gone] } }, { key: 'item:{id}', from: { shop: { on: [name], when: gone is null } } }",
                "{ key: 'item:{id}', on: [name] }, { key: 'item:{id}', on: [name] }"
            })
    void aNarrowerOneBehindAWiderOneIsTold(String keys) {
        List<Problem> found = find(keys);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).code()).isEqualTo(MappingCode.HIDDEN_TEMPLATE);
        assertThat(found.get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(found.get(0).at().column()).as("the second one").isGreaterThan(20);
        assertThat(found.get(0).message()).contains("decides nothing", "m.yaml:7:");
    }

    @Test
    void theOrderDoesNotMatter() {
        List<Problem> found = find("{ key: 'item:{id}', on: [name] }, 'item:{id}'");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).at().column()).as("the first one").isLessThan(25);
    }

    /** Each decides at changes at which the other does not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ key: 'item:{id}', on: [name] }, { key: 'item:{id}', on: [price] }",
                "{ key: 'item:{id}', when: price is null }, { key: 'item:{id}', when: name is null }",
                "{ key: 'item:{id}', on: [name] }, { key: 'item:{id}', on: [name], when: price is null }",
                "{ key: 'item:{id}', on: [name, price] }, { key: 'item:{id}', on: [name], from: { shop: [name] } }",
                "{ key: 'item:{id}', from: { shop: [name] } }, { key: 'item:{id}', from: { shop: { on: [name], when: gone is null } } }",
                "{ key: 'item:{id}', from: { shop: { on: [name], when: a = 1 } } }, { key: 'item:{id}', from: { shop: { on: [name], when: a = 2 } } }",
                "'item:{id}', 'item:{name}'"
            })
    void whatDecidesSomethingIsNotTold(String keys) {
        assertThat(find(keys)).isEmpty();
    }

    private static List<Problem> find(String keys) {
        String mapping = """
                freshet: 1
                entities:
                  shop: { table: shop, id: id }
                  item:
                    table: item
                    id: id
                    keys: [ %s ]
                    references: { shop: shop_id }
                """.formatted(keys);
        return HiddenTemplates.find(MappingParser.parse("m.yaml", new StringReader(mapping)));
    }
}
