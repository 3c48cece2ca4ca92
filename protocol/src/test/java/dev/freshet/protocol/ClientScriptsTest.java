// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The scripts with their parts, as clients in other languages take them. {@code -Dfreshet.writeScripts} writes them
 * anew.
 */
class ClientScriptsTest {
    private static final Path FOLDER = Path.of("../clients/vectors/scripts");

    @ParameterizedTest
    @EnumSource(names = {"BEGIN", "FILL", "INVALIDATE", "PUBLISH"})
    void standsThereAsItIsRun(ProtocolScript script) throws IOException {
        var file = FOLDER.resolve(script.name().toLowerCase(Locale.ROOT) + ".lua");
        if (System.getProperty("freshet.writeScripts") != null) {
            Files.writeString(file, script.text());
        }
        assertThat(Files.readString(file)).isEqualTo(script.text());
    }
}
