// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingFilesTest {
    private static final Path FOLDER = Path.of("..", "deploy", "mappings");

    @ParameterizedTest
    @ValueSource(strings = {"contexts.yaml", "contexts-plain.yaml", "rental-shop.yaml"})
    void exampleParses(String file) throws IOException {
        assertThat(MappingParser.parse(FOLDER.resolve(file)).entities()).isNotEmpty();
    }

    @Test
    void contextsAreFourLevelsOfOneHierarchy() throws IOException {
        Mapping contexts = MappingParser.parse(FOLDER.resolve("contexts.yaml"));
        assertThat(contexts.namespace()).isEqualTo("ctx");
        assertThat(contexts.entities().keySet()).containsExactly("global", "project", "branch", "task");
        assertThat(contexts.subtreeOf(contexts.entity("global"))).hasSize(4);
        assertThat(contexts.entities().values()).allSatisfy(entity -> {
            assertThat(entity.tags()).isTrue();
            assertThat(entity.isolate()).contains("user_id");
            assertThat(entity.inherited()).isEqualTo(ColumnSet.of(List.of("document")));
        });
    }

    @Test
    void plainContextsAreTheSameHierarchy() throws IOException {
        Mapping plain = MappingParser.parse(FOLDER.resolve("contexts-plain.yaml"));
        Mapping contexts = MappingParser.parse(FOLDER.resolve("contexts.yaml"));
        assertThat(plain.tables()).isEqualTo(contexts.tables());
        contexts.entities().forEach((name, entity) -> {
            assertThat(plain.entity(name).id()).isEqualTo(entity.id());
            assertThat(plain.entity(name).inherited()).isEqualTo(entity.inherited());
            assertThat(plain.parentOf(plain.entity(name)).map(EntityMapping::name))
                    .isEqualTo(contexts.parentOf(entity).map(EntityMapping::name));
        });
    }
}
