// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class TableShapeTest {
    private static final Schema SCHEMA = SchemaBuilder.struct()
            .field("id", Schema.OPTIONAL_STRING_SCHEMA)
            .field("a", Schema.OPTIONAL_STRING_SCHEMA)
            .field("b", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final TableShape shape = new TableShape(
            SCHEMA,
            new ReplicaIdentity(
                    Optional.of(Set.of("a", "b")),
                    Set.of(Set.of("id"), Set.of("a", "b")),
                    Set.of("id", "a", "b", "g")));

    @Test
    void anImageOfAnotherIndexThanTheCatalogueSaysTellsNoNulls() {
        var row = shape.before(new Struct(SCHEMA).put("id", "1"));
        assertThat(row.knowsAll(List.of("a"))).isFalse();
        assertThat(row.knowsAll(List.of("b"))).isFalse();
    }

    @Test
    void anImageWithAllThatTheIdentityCarriesIsWhole() {
        var row = shape.before(new Struct(SCHEMA).put("a", "x").put("b", "y"));
        assertThat(row.get("a")).isEqualTo("x");
        assertThat(row.get("b")).isEqualTo("y");
    }

    @Test
    void aNullBesideOtherColumnsThanAnIndexsIsTheRows() {
        var row = shape.before(new Struct(SCHEMA).put("id", "1").put("a", "x"));
        assertThat(row.knows("b")).isTrue();
        assertThat(row.get("b")).isNull();
    }

    @Test
    void aColumnThatTheTableHasAndTheStreamHasNotIsMissing() {
        assertThat(shape.after(new Struct(SCHEMA).put("id", "1")).has("g")).isFalse();
        assertThat(shape.all().missing()).containsExactly("g");
    }

    @Test
    void aValueThatCannotBeReadIsNotCarried() {
        var row = shape.after(new Struct(SCHEMA).put("id", "1").put("a", TextConverter.ABSENT));
        assertThat(row.has("a")).isFalse();
        assertThat(row.knows("b")).isTrue();
    }
}
