// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each link from a page of the repository to another leads to a file and, behind a {@code #}, to a heading. */
class LinksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*$");
    private static final Pattern OTHER_THAN_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N}\\s_-]");

    private final Map<Path, Set<String>> anchors = new HashMap<>();

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        int links = 0;
        for (Path page : pages()) {
            for (String line : prose(page)) {
                for (var found : LINK.matcher(line).results().toList()) {
                    String target = found.group(1);
                    if (!target.contains("://") && !target.startsWith("mailto:")) {
                        links++;
                        if (!leadsSomewhere(page, target)) {
                            broken.add(ROOT.relativize(page) + " -> " + target);
                        }
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(100);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.of("target", "node_modules", ".git")
                            .noneMatch(
                                    folder -> ROOT.relativize(file).toString().contains(folder + "/")))
                    .toList();
        }
    }

    private boolean leadsSomewhere(Path page, String target) {
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path there = file.isEmpty() ? page : page.getParent().resolve(file).normalize();
        return Files.exists(there)
                && (hash < 0
                        || anchors.computeIfAbsent(there, LinksTest::headings).contains(target.substring(hash + 1)));
    }

    /** The anchors of a page's headings, as the usual viewers make them. */
    private static Set<String> headings(Path page) {
        var found = new HashSet<String>();
        for (String line : prose(page)) {
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                String text = LINK.matcher(heading.group(1))
                        .replaceAll(
                                link -> link.group().substring(1, link.group().indexOf(']')));
                String anchor = OTHER_THAN_IN_ANCHORS
                        .matcher(text.toLowerCase(Locale.ROOT))
                        .replaceAll("")
                        .replace(' ', '-');
                for (int i = 0; !found.add(i == 0 ? anchor : anchor + "-" + i); i++) {
                    // The next heading of the same text has a number.
                }
            }
        }
        return found;
    }

    /** The lines outside of fenced blocks. */
    private static List<String> prose(Path page) {
        var lines = new ArrayList<String>();
        boolean fenced = false;
        try {
            for (String line : Files.readAllLines(page)) {
                if (line.strip().startsWith("```")) {
                    fenced = !fenced;
                } else if (!fenced) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
