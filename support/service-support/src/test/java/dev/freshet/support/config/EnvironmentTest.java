// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.support.config.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    Path folder;

    @Test
    void takesASecretFromItsVariable() {
        var environment = new Environment(Map.of("FRESHET_X", " s3cret "));
        assertThat(environment.requiredSecret("FRESHET_X", "a secret").reveal()).isEqualTo(" s3cret ");
    }

    @Test
    void takesASecretFromItsFileWithoutTheLastNewline() throws Exception {
        var file = Files.writeString(folder.resolve("secret"), "two\nlines\n\n");
        var environment = new Environment(Map.of("FRESHET_X_FILE", file.toString()));
        assertThat(environment.requiredSecret("FRESHET_X", "a secret").reveal()).isEqualTo("two\nlines\n");
    }

    @Test
    void namesAFileThatCannotBeRead() {
        var missing = folder.resolve("missing").toString();
        assertThatThrownBy(() -> new Environment(Map.of("FRESHET_X_FILE", missing)).secret("FRESHET_X"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("FRESHET_X_FILE is '" + missing + "', which does not exist");
    }

    @Test
    void refusesASecretThatIsGivenTwice() {
        var both = new Environment(Map.of("FRESHET_X", "s3cret", "FRESHET_X_FILE", "f"));
        assertThatThrownBy(() -> both.secret("FRESHET_X"))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void namesASecretThatIsMissing() {
        var empty = new Environment(Map.of("FRESHET_X", ""));
        assertThatThrownBy(() -> empty.requiredSecret("FRESHET_X", "at least 32 bytes"))
                .hasMessage("FRESHET_X (or FRESHET_X_FILE) is not set; expected at least 32 bytes");
    }

    /** Java puts this character where the locale of the process has none. */
    @Test
    void refusesASecretThatTheLocaleGarbled() throws Exception {
        var environment = new Environment(Map.of("FRESHET_X", "s3cr\uFFFDt"));
        assertThatThrownBy(() -> environment.secret("FRESHET_X"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("FRESHET_X has characters that the locale of this process lacks")
                .hasMessageContaining("LC_ALL=C.UTF-8")
                .hasMessageContaining("FRESHET_X_FILE")
                .hasMessageNotContaining("s3cr");
        var file = Files.writeString(folder.resolve("secret"), "s3crét");
        assertThat(new Environment(Map.of("FRESHET_X_FILE", file.toString()))
                        .requiredSecret("FRESHET_X", "a secret")
                        .reveal())
                .isEqualTo("s3crét");
    }

    @Test
    void doesNotPrintASecret() {
        assertThat(Secret.of("s3cret")).asString().doesNotContain("s3cret");
    }
}
