// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Each patch in {@code protocol/guards} still fits the code, and names a test that exists. Whether that test fails under it takes
 * two hours to see: {@code protocol/guards/run}.
 */
class GuardsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path GUARDS = ROOT.resolve("protocol/guards");
    private static final Pattern TEST = Pattern.compile("(?m)^Test: (\\S+) ([\\w.]+\\.(\\w+))(?:#([\\w+]+))?$");

    @Test
    void everyPatchApplies() throws Exception {
        assumeTrue(isThere("git"), "needs git");
        var stale = new ArrayList<String>();
        for (Path patch : patches()) {
            String told = run("git", "apply", "--check", patch.toString());
            if (!told.isEmpty()) {
                stale.add(told);
            }
        }
        assertThat(stale).isEmpty();
    }

    @Test
    void everyPatchNamesATestThatExists() throws Exception {
        var missing = new ArrayList<String>();
        for (Path patch : patches()) {
            var named = TEST.matcher(Files.readString(patch));
            assertThat(named.find())
                    .as("%s has a line 'Test: module Class#method'", patch)
                    .isTrue();
            Path source = ROOT.resolve(named.group(1))
                    .resolve("src/test/java")
                    .resolve(named.group(2).replace('.', '/') + ".java");
            String methods = named.group(4) == null ? "" : named.group(4);
            for (String method : methods.split("\\+")) {
                if (!Files.exists(source) || !has(source, method)) {
                    missing.add(patch.getFileName() + ": " + method);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** The method itself, or a superclass that may have it: that is beside it, or not looked for. */
    private static boolean has(Path source, String method) throws IOException {
        String text = Files.readString(source);
        if (text.contains(" " + method + "(") || method.isEmpty()) {
            return true;
        }
        var parent = Pattern.compile("extends (\\w+)").matcher(text);
        if (!parent.find()) {
            return false;
        }
        Path above = source.resolveSibling(parent.group(1) + ".java");
        return !Files.exists(above) || has(above, method);
    }

    private static List<Path> patches() throws IOException {
        try (var files = Files.list(GUARDS)) {
            var patches = files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .toList();
            assertThat(patches).hasSizeGreaterThan(200);
            return patches;
        }
    }

    private static boolean isThere(String command) {
        try {
            run(command, "--version");
            return true;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What it says if it fails; else nothing. */
    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : String.join(" ", command) + ": " + told;
    }
}
