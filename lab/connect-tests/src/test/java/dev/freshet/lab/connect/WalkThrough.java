// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.connect;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two configurations on {@code docs/kafka-connect.md}, as a reader copies them. */
final class WalkThrough {
    private static final Path PAGE = Path.of("../../docs/kafka-connect.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    private WalkThrough() {}

    static Map<String, String> source() throws IOException {
        Matcher block = found("```json\n(\\{.*?\\n\\})\n```");
        return JSON.convertValue(JSON.readTree(block.group(1)).get("config"), new TypeReference<>() {});
    }

    static Map<String, String> sink() throws IOException {
        Matcher block = found("/connectors/app-freshet/config -d '(\\{.*?\\n\\})'\n```");
        return JSON.readValue(block.group(1), new TypeReference<>() {});
    }

    private static Matcher found(String pattern) throws IOException {
        Matcher block = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(PAGE));
        if (!block.find()) {
            throw new IllegalStateException("docs/kafka-connect.md has no block like " + pattern);
        }
        return block;
    }
}
