// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowIdTest {
    private static EntityMapping entity(String id) {
        return MappingParser.parse(
                        "m.yaml", new StringReader("freshet: 1\nentities: { e: { table: e, id: " + id + " } }\n"))
                .entity("e");
    }

    @Test
    void anIdOfOneColumnIsTheWholeText() {
        assertThat(RowId.parse(entity("id"), "7")).containsExactly("7");
        assertThat(RowId.parse(entity("id"), "a,b=c\\,")).containsExactly("a,b=c\\,");
        assertThat(RowId.parse(entity("id"), "id=7")).containsExactly("7");
        assertThat(RowId.parse(entity("id"), "")).containsExactly("");
    }

    @Test
    void anIdOfSeveralColumnsIsInTheirOrderOrNamed() {
        assertThat(RowId.parse(entity("[a, b]"), "1,2")).containsExactly("1", "2");
        assertThat(RowId.parse(entity("[a, b]"), "b=1,a=2")).containsExactly("2", "1");
        assertThat(RowId.parse(entity("[a, b]"), "x\\,y,")).containsExactly("x,y", "");
        assertThat(RowId.parse(entity("[a, b]"), "a=x=y,b=")).containsExactly("x=y", "");
        assertThat(RowId.parse(entity("[a, b]"), "c=1,2")).containsExactly("c=1", "2");
    }

    @Test
    void anIdIsPrintedAsItIsRead() {
        for (var id : List.of(List.of("a,b"), List.of("x,y", "", "z"))) {
            EntityMapping entity = entity(id.size() == 1 ? "id" : "[a, b, c]");
            assertThat(RowId.parse(entity, RowId.print(id))).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1,2,3", "a=1", "a=1,a=2", "a=1,b=2,a=3"})
    void whatIsNoIdIsRefused(String text) {
        assertThatThrownBy(() -> RowId.parse(entity("[a, b]"), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the id '" + text + "' is not one of public.e; expected a,b as value,value or as"
                        + " a=value,b=value");
    }
}
