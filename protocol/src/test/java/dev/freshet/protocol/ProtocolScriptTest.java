// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How scripts are put together, and that each formula stands in them once. What they do is tested against Redis. */
class ProtocolScriptTest {
    private static final Path FILES = Path.of("src/main/resources/dev/freshet/protocol");
    private static final Pattern INCLUDE = Pattern.compile("-- @include (\\S+)");
    private static final Pattern FUNCTION = Pattern.compile("(?m)^local function (\\w+)");
    private static final Pattern HASH_CALL =
            Pattern.compile("'(?:HGET|HMGET|HSET|HDEL)', (?:KEYS\\[1\\]|ARGV\\[\\d\\])([^)]*)\\)");
    private static final Pattern FIELD = Pattern.compile("'([a-z-]+)'");

    @ParameterizedTest
    @EnumSource
    void isCompleteAndSmall(ProtocolScript script) {
        String text = script.text();
        assertThat(text).doesNotContain("@include").endsWith("\n");
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(10_000);
        assertThat(functions(text)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void whatRedisReadsInTheFirstLineStaysThere(ProtocolScript script) {
        boolean writesWithoutMemory = Set.of("publish", "withdraw", "claim", "begin-reading", "end-reading")
                .contains(script.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        assertThat(script.text().startsWith("#!lua flags=allow-oom\n")).isEqualTo(writesWithoutMemory);
    }

    @Test
    void aPartIsOneThatSeveralScriptsNeed() throws IOException {
        Map<String, Integer> uses = new HashMap<>();
        for (Path script : lua(FILES)) {
            String text = Files.readString(script);
            for (String part : INCLUDE.matcher(text)
                    .results()
                    .map(include -> include.group(1))
                    .toList()) {
                assertThat(functions(Files.readString(FILES.resolve(part))))
                        .as("what %s has of %s", script, part)
                        .anyMatch(name -> text.contains(name + "("));
                uses.merge(part, 1, Integer::sum);
            }
        }
        for (Path part : lua(FILES.resolve("parts"))) {
            assertThat(uses)
                    .hasEntrySatisfying(
                            "parts/" + part.getFileName(),
                            count -> assertThat(count).isGreaterThan(1));
        }
        assertThat(uses).hasSameSizeAs(lua(FILES.resolve("parts")));
    }

    @Test
    void theFormulasStandInPartsAlone() throws IOException {
        for (Path script : lua(FILES)) {
            assertThat(Files.readString(script))
                    .as("%s", script)
                    .doesNotContain("'TIME'", "'~clock'", "'~created'", "standing) > ", "standing[1]) > ")
                    .doesNotContainPattern("'ZSCORE'.*\\+ 1");
        }
    }

    @Test
    void theFieldsOfThePositionAreCalledAsInJava() throws Exception {
        Set<String> known = new TreeSet<>(Contract.NAMES);
        known.addAll(PositionField.READING);
        for (var field : PositionField.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                known.add((String) field.get(null));
            }
        }
        Set<String> named = new TreeSet<>();
        for (Path script : lua(FILES)) {
            HASH_CALL
                    .matcher(Files.readString(script))
                    .results()
                    .flatMap(call -> FIELD.matcher(call.group(1)).results())
                    .forEach(field -> named.add(field.group(1)));
        }
        assertThat(known).containsAll(named);
        assertThat(named).contains("claim", "lsn", "held-at", "wanted-until", "mapping-kept", "read-by", "slot");
    }

    private static List<String> functions(String text) {
        return FUNCTION.matcher(text)
                .results()
                .map(function -> function.group(1))
                .toList();
    }

    private static Path[] lua(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".lua"))
                    .sorted()
                    .toArray(Path[]::new);
        }
    }
}
