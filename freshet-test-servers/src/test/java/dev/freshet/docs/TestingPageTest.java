// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/testing.md} shows samples that are compiled, and run, here. */
class TestingPageTest {
    private static final Path PAGE = Path.of("../docs/testing.md");
    private static final Path SAMPLES = Path.of("src/test/java/dev/freshet/docs");

    @ParameterizedTest
    @ValueSource(strings = {"ProductsTest", "ProductsServersTest", "ProductsLoaderTest"})
    void thePageShowsTheSample(String name) throws IOException {
        var source = Files.readString(SAMPLES.resolve(name + ".java"));
        var sample = source.substring(
                source.indexOf("// sample\n") + "// sample\n".length(), source.indexOf("// end of sample"));
        assertThat(Files.readString(PAGE)).contains("```java\n" + sample + "```\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.yaml", "shop.sql"})
    void thePageShowsTheFiles(String name) throws IOException {
        assertThat(Files.readString(PAGE)).contains(Files.readString(Path.of("src/test/resources", name)));
    }
}
