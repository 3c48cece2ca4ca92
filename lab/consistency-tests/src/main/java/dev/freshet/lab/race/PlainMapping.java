// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race;

import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.devservices.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Files;

/**
 * The mapping for readers that use plain GET and SET: that of the contexts, with templates for their keys.
 */
final class PlainMapping {
    private static final String RESOURCE = "/freshet-lab/plain.yaml";
    private static final String KEYS = "bench:plain:*";

    private PlainMapping() {}

    static StackSettings.Mapping mapping(WorkFolder folder) throws IOException {
        var file = folder.path().resolve("plain.yaml");
        try (var in = PlainMapping.class.getResourceAsStream(RESOURCE)) {
            Files.copy(in, file);
        }
        return new StackSettings.Mapping(file, KEYS);
    }
}
