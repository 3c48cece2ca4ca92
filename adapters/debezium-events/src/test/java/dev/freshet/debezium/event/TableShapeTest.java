// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.debezium.value.Column;
import dev.freshet.debezium.value.Fields;
import dev.freshet.debezium.value.Placeholders;
import dev.freshet.debezium.value.ValueType;
import dev.freshet.model.mapping.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableShapeTest {
    private static final ValueType TEXT = new ValueType("string", ValueType.TEXT, 0, null);
    private static final List<Column> COLUMNS =
            List.of(new Column("id", TEXT, 0), new Column("a", TEXT, 1), new Column("b", TEXT, 2));

    /** Columns that are not given are null. */
    private record Image(Map<String, String> values) implements Fields {
        static Image of(String... namesAndValues) {
            var values = new HashMap<String, String>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                values.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            return new Image(values);
        }

        @Override
        public boolean has(String name) {
            return COLUMNS.stream().anyMatch(column -> column.name().equals(name));
        }

        @Override
        public Object get(String name) {
            return values.get(name);
        }

        @Override
        public int size() {
            return COLUMNS.size();
        }

        @Override
        public List<Column> columns() {
            return COLUMNS;
        }

        @Override
        public Object shape() {
            return COLUMNS;
        }
    }

    private final TableShape shape = new TableShape(
            new TableName("public", "t"),
            Image.of(),
            new ReplicaIdentity(
                    Optional.of(Set.of("a", "b")), Set.of(Set.of("id"), Set.of("a", "b")), Set.of("id", "a", "b", "g")),
            ColumnTexts.AS_DECLARED);

    @Test
    void anImageOfAnotherIndexThanTheCatalogueSaysTellsNoNulls() throws BadEventException {
        var row = shape.before(Image.of("id", "1"));
        assertThat(row.knowsAll(List.of("a"))).isFalse();
        assertThat(row.knowsAll(List.of("b"))).isFalse();
    }

    @Test
    void anImageWithAllThatTheIdentityCarriesIsWhole() throws BadEventException {
        var row = shape.before(Image.of("a", "x", "b", "y"));
        assertThat(row.get("a")).isEqualTo("x");
        assertThat(row.get("b")).isEqualTo("y");
    }

    @Test
    void aNullBesideOtherColumnsThanAnIndexsIsTheRows() throws BadEventException {
        var row = shape.before(Image.of("id", "1", "a", "x"));
        assertThat(row.knows("b")).isTrue();
        assertThat(row.get("b")).isNull();
    }

    @Test
    void aColumnThatTheTableHasAndTheStreamHasNotIsMissing() throws BadEventException {
        assertThat(shape.after(Image.of("id", "1")).has("g")).isFalse();
        assertThat(shape.all().missing()).containsExactly("g");
    }

    @Test
    void aValueThatCannotBeReadIsNotCarried() throws BadEventException {
        var row = shape.after(Image.of("id", "1", "a", Placeholders.ABSENT));
        assertThat(row.has("a")).isFalse();
        assertThat(row.knows("b")).isTrue();
    }
}
