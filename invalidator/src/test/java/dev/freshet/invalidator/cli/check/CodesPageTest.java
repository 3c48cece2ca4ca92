// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.Codes;
import dev.freshet.model.finding.Explanation;
import dev.freshet.model.finding.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/codes.md} comes from the catalogue: {@code -Dfreshet.docs=write} writes it. */
class CodesPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/codes.md");

    @Test
    void thePageSaysWhatTheCatalogueSays() throws IOException {
        if ("write".equals(System.getProperty("freshet.docs"))) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/codes.md; write it anew with -Dfreshet.docs=write")
                .isEqualTo(page());
    }

    /** A code that nothing finds is not in the catalogue. */
    @Test
    void eachCodeIsFoundSomewhere() {
        String sources = Stream.of("shared-model", "adapters", "invalidator")
                .map(ROOT::resolve)
                .flatMap(CodesPageTest::javaFiles)
                .filter(file -> file.toString().contains("/src/main/")
                        && !file.toString().contains("/model/finding/"))
                .map(CodesPageTest::text)
                .collect(Collectors.joining());
        assertThat(Codes.all())
                .allSatisfy(code ->
                        assertThat(sources).contains(code.getClass().getSimpleName() + "." + ((Enum<?>) code).name()));
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page() {
        var page = new StringBuilder("""
                # Codes of findings

                What [`check`](commands.md#is-everything-set-up-for-the-mapping) finds, and `run` at its start and later, by code.
                `./freshet help CODE` says the same. A code keeps its meaning for ever.

                """);
        for (Layer layer : Layer.values()) {
            page.append("- [").append(title(layer)).append("](#").append(layer).append(")\n");
        }
        for (Layer layer : Layer.values()) {
            page.append("\n## ")
                    .append(title(layer))
                    .append("\n\n| code | severity | what | expected |\n|---|---|---|---|\n");
            of(layer)
                    .forEach(code -> page.append("| [%s](#%s) | %s | %s | %s |\n"
                            .formatted(
                                    code.id(),
                                    code.id().toLowerCase(java.util.Locale.ROOT),
                                    code.severity(),
                                    code.explanation().title(),
                                    code.explanation().expected())));
            of(layer).forEach(code -> section(code, page));
        }
        return page.toString();
    }

    private static Stream<Code> of(Layer layer) {
        return Codes.all().stream().filter(code -> code.layer() == layer);
    }

    private static String title(Layer layer) {
        return layer.toString().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + layer.toString().substring(1);
    }

    private static void section(Code code, StringBuilder page) {
        Explanation words = code.explanation();
        page.append("\n### %s\n\n*%s.* %s\n\nIf it stays: %s\n\nWhat to do: %s\n"
                .formatted(
                        code.id(),
                        words.title().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                                + words.title().substring(1),
                        words.meaning(),
                        words.danger(),
                        words.action()));
    }
}
