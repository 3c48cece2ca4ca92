// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.context.Level;
import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.World;
import dev.freshet.model.mapping.parse.MappingParser;
import org.junit.jupiter.api.Test;

class PlainMappingTest {
    @Test
    void everyViewThatIsReadHasATemplate() throws Exception {
        try (var folder = WorkFolder.create("plain-keys")) {
            var own = PlainMapping.mapping(folder);
            var templates = MappingParser.parse(own.file()).entities().values().stream()
                    .flatMap(entity -> entity.templates().stream())
                    .map(template -> template.text().replaceAll("\\{\\w+}", "[^:]+"))
                    .toList();
            for (var row : new World(16).rows()) {
                for (var kind : View.Kind.values()) {
                    if (kind != View.Kind.LIST || row.level() == Level.PROJECT || row.level() == Level.BRANCH) {
                        var key = "bench:plain:" + new View(kind, row).key();
                        assertThat(templates).as(key).anyMatch(key::matches);
                    }
                }
            }
        }
    }
}
