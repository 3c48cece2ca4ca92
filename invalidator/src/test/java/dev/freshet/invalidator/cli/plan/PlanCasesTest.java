// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Change streams and the keys that they make stale. Each case is a folder of {@code cases/plan} with {@code
 * mapping.yaml}, {@code changes.jsonl} and {@code expected.txt}. The latter has one key per line; each must be evicted,
 * by name or by pattern.
 */
class PlanCasesTest {
    private static final Path CASES = Path.of("src", "test", "resources", "cases", "plan");

    private final ObjectMapper json = new ObjectMapper();

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void evictsEveryExpectedKey(String name) throws IOException {
        Path folder = CASES.resolve(name);
        List<JsonNode> evictions = plan(folder.resolve("mapping.yaml"), folder.resolve("changes.jsonl"));
        List<String> missed = Files.readAllLines(folder.resolve("expected.txt")).stream()
                .filter(key -> evictions.stream().noneMatch(eviction -> covers(eviction, key)))
                .toList();
        assertThat(missed).as("missed by %s", evictions).isEmpty();
    }

    private List<JsonNode> plan(Path mapping, Path changes) throws IOException {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = new CommandLine(new PlanCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("-m", mapping.toString(), "-c", changes.toString());
        assertThat(exit).as(err.toString()).isZero();
        var evictions = new ArrayList<JsonNode>();
        for (String line : out.toString().lines().toList()) {
            evictions.add(json.readTree(line));
        }
        return evictions;
    }

    private static boolean covers(JsonNode eviction, String key) {
        if (eviction.has("key")) {
            return eviction.get("key").asText().equals(key);
        }
        return eviction.has("keys")
                && Pattern.matches(("\\Q" + eviction.get("keys").asText() + "\\E").replace("*", "\\E.*\\Q"), key);
    }
}
