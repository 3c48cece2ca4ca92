// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.devservices.WorkFolder;
import dev.freshet.quickstart.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Files;

/**
 * The mapping for readers that use plain GET and SET: the built-in one, with templates for the keys of these readers.
 */
final class PlainKeys {
    private static final String RESOURCE = "/freshet-bench/plain.yaml";
    private static final String KEYS = "bench:plain:*";

    private PlainKeys() {}

    static StackSettings.Mapping mapping(WorkFolder folder) throws IOException {
        var file = folder.path().resolve("plain.yaml");
        try (var in = PlainKeys.class.getResourceAsStream(RESOURCE)) {
            Files.copy(in, file);
        }
        return new StackSettings.Mapping(file, KEYS);
    }
}
