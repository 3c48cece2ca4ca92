// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.model.mapping.Location;
import java.io.StringReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
    private static YamlValue read(String yaml) throws BadYamlException {
        return YamlFile.read("f.yaml", new StringReader(yaml), "something");
    }

    @Test
    void valuesAreTextAsItIsWrittenAndKnowTheirPlaces() throws BadYamlException {
        var table = (YamlValue.Table) read("a: 3.00\nb:\n  - 007\n  - null\n  - ''\n  - { c: true }\n");
        assertThat(table.get("a")).contains(scalar(1, 4, "3.00"));
        assertThat(table.keys().get("b")).isEqualTo(new Location("f.yaml", 2, 1));
        var list = (YamlValue.Sequence) table.get("b").orElseThrow();
        assertThat(list.items().subList(0, 3))
                .containsExactly(
                        scalar(3, 5, "007"),
                        new YamlValue.Scalar(new Location("f.yaml", 4, 5), Optional.empty()),
                        scalar(5, 5, ""));
        assertThat(((YamlValue.Table) list.items().get(3)).get("c")).contains(scalar(6, 10, "true"));
        assertThat(table.get("d")).isEmpty();
    }

    private static YamlValue scalar(int line, int column, String text) {
        return new YamlValue.Scalar(new Location("f.yaml", line, column), Optional.of(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''              | f.yaml:1:1: the file is empty; expected something
            'a: [1'         | not YAML
            'a: 1\\na: 2'   | f.yaml:2:1: 'a' stands twice in one map, first in line 1
            '[1]: 2'        | not YAML: Non scalar key
            '&a [ *a ]'     | more than 50 levels within each other
            """)
    void whatIsNoYamlIsRefusedWithItsPlace(String yaml, String expected) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
                .isInstanceOf(BadYamlException.class)
                .hasMessageContaining(expected)
                .hasMessageStartingWith("f.yaml:");
    }
}
