// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.view.Codec;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.protocol.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedViewsTest {
    private static final String MAPPING = """
            freshet: 1
            namespace: shop
            tags: true
            entities:
              org:
                table: org
                id: org_id
                inherited: [ settings ]
              team:
                table: team
                id: [ org_id, number ]
                references: { org: org_id }
                parent: org
                inherited: [ settings ]
              member:
                table: member
                id: id
                references: { team: [ org_id, team ] }
                parent: team
              visit:
                table: visit
                id: id
                tags: false
            """;

    @TempDir
    private Path folder;

    private MappedViews views;

    @BeforeEach
    void read() throws IOException {
        views = MappedViews.read(Files.writeString(folder.resolve("shop.yaml"), MAPPING));
    }

    @Test
    void viewsOfRowsAndListsCarryTheTagsOfTheMapping() {
        assertThat(views.namespace()).isEqualTo("shop");
        assertThat(views.row("member", "own", Codec.TEXT).tag(List.of("7"))).isEqualTo(new Tag("member:7"));
        assertThat(views.list("member", "team", "members", Codec.TEXT).tag(List.of("1", "2")))
                .isEqualTo(new Tag("team:1,2/member"));
    }

    @Test
    void whatARowInheritsHasATagOfEachAncestor() {
        assertThat(views.inherited("member", Map.of("team", List.of(1, 2), "org", 1)))
                .containsExactly(new Tag("team:1,2/inherited"), new Tag("org:1/inherited"));
        assertThat(views.inherited("org", Map.of())).isEmpty();
    }

    @Test
    void anAncestorThatIsForgottenIsNamed() {
        assertThatThrownBy(() -> views.inherited("member", Map.of("team", List.of(1, 2))))
                .hasMessageContaining("shop.yaml")
                .hasMessageContaining("'member' inherits needs the ids of [team, org], not of [team]");
        assertThatThrownBy(() -> views.inherited("member", Map.of("team", 1, "org", 1)))
                .hasMessageContaining("the id of 'team' has 2 columns, not 1");
    }

    @Test
    void whatTheMappingDoesNotEvictIsRefused() {
        assertThatThrownBy(() -> views.row("visit", "own", Codec.TEXT))
                .hasMessageContaining("nobody evicts the tags of 'visit'")
                .hasMessageContaining("tags: true");
        assertThatThrownBy(() -> views.row("task", "own", Codec.TEXT)).hasMessageContaining("no entity 'task'");
        assertThatThrownBy(() -> views.list("member", "org", "members", Codec.TEXT))
                .hasMessageContaining("'member' is not listed under 'org'")
                .hasMessageContaining("parent team");
    }

    @Test
    void aMappingThatIsNoneIsRefusedWithThePlace() throws IOException {
        var file = Files.writeString(folder.resolve("broken.yaml"), "freshet: 1\nentities: 7\n");
        assertThatThrownBy(() -> MappedViews.read(file))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("broken.yaml");
    }
}
