// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;

/**
 * A line of {@code commands.txt}, which says how it is: where commands of pages are run, or why they are not.
 *
 * @param pages a glob
 * @param begins how the commands begin, without quotes; or {@code *}
 * @param where {@code test NAME}, {@code ci} or {@code not: reason}
 */
record HowRun(String pages, String begins, String where) {
    static List<HowRun> all() {
        try (var in = HowRun.class.getResourceAsStream("commands.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(HowRun::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HowRun parse(String line) {
        String[] columns = line.split("\\|", 3);
        if (columns.length < 3) {
            throw new IllegalArgumentException("expected page | command | where in commands.txt, found: " + line);
        }
        return new HowRun(columns[0].strip(), columns[1].strip(), columns[2].strip());
    }

    boolean isAbout(Page page) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pages).matches(Path.of(page.name()));
    }

    boolean isAbout(Page page, List<String> command) {
        return isAbout(page) && (begins.equals("*") || String.join(" ", command).startsWith(begins));
    }

    boolean byTest() {
        return where.startsWith("test ");
    }

    boolean byCi() {
        return where.equals("ci");
    }

    String test() {
        return where.substring("test ".length());
    }

    /** Whether it is run nowhere, and this says why. */
    boolean isExcused() {
        return where.matches("not: \\S.*");
    }
}
