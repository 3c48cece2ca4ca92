// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** {@code docs/kafka-connect-options.md} comes from the definition: {@code -Dfreshet.docs=write} writes it. */
class OptionsPageTest {
    private static final Path PAGE = Path.of("../docs/kafka-connect-options.md");

    @Test
    void thePageSaysWhatTheDefinitionSays() throws IOException {
        if ("write".equals(System.getProperty("freshet.docs"))) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/kafka-connect-options.md; write it anew with -Dfreshet.docs=write")
                .isEqualTo(page());
    }

    private static String page() {
        var page = new StringBuilder("""
            # Options of the sink connector

            Beside those that every sink connector has. [How to use it](kafka-connect.md).
            """);
        ConfigDef definition = SinkOptions.definition();
        for (String group : definition.groups()) {
            page.append("\n## ").append(group).append("\n\n| option | default | expected | |\n|---|---|---|---|\n");
            definition.configKeys().values().stream()
                    .filter(key -> key.group.equals(group))
                    .sorted(java.util.Comparator.comparingInt(key -> key.orderInGroup))
                    .forEach(key -> page.append("| `%s` | %s | %s | %s |\n"
                            .formatted(key.name, standard(key), expected(key), key.documentation)));
        }
        return page.toString();
    }

    private static String standard(ConfigDef.ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        return key.type == ConfigDef.Type.PASSWORD || "".equals(key.defaultValue) ? "" : "`" + key.defaultValue + "`";
    }

    private static String expected(ConfigDef.ConfigKey key) {
        return switch (key.type) {
            case PASSWORD -> "a secret";
            case BOOLEAN -> "true or false";
            default -> key.validator == null ? "a text" : key.validator.toString();
        };
    }
}
