// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param name its file, relative to the root of the repository
 * @param blocks its blocks of code, fenced or indented
 * @param quotes what stands in code quotes outside of them, each in one line
 */
record Page(String name, List<Block> blocks, List<String> quotes) {
    private static final Pattern FENCE = Pattern.compile(" *(`{3,}|~{3,})(.*)");
    private static final Pattern QUOTE = Pattern.compile("`([^`]+)`");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "shell", "console");
    /** What a script begins with that has no fence, or one that does not say what it is. */
    private static final Set<String> PROGRAMS = Set.of(
            "./freshet",
            "freshet",
            "mvn",
            "export",
            "cp",
            "curl",
            "docker",
            "git",
            "helm",
            "kubectl",
            "npm",
            "pip",
            "psql",
            "python3",
            "redis-cli",
            "sudo",
            "systemctl");

    /** @param language the word behind the fence; empty if there is none */
    record Block(String language, String text) {
        /** Whether it is what a reader types into a shell, and not what a program prints. */
        boolean isShell() {
            return SHELLS.contains(language)
                    || language.isEmpty() && PROGRAMS.contains(text.strip().split("\\s", 2)[0]);
        }
    }

    /** All pages, but for the log of changes, which also tells of what is gone. */
    static List<Page> all() {
        return Tree.files().stream()
                .filter(file -> file.endsWith(".md") && !file.equals("CHANGELOG.md"))
                .map(file -> parse(file, Tree.text(file)))
                .toList();
    }

    static Page parse(String name, String text) {
        var blocks = new ArrayList<Block>();
        var prose = new StringBuilder();
        var block = new StringBuilder();
        String fence = null;
        String language = "";
        boolean indented = false;
        boolean afterBlank = true;
        for (String line : text.lines().toList()) {
            var opening = FENCE.matcher(line);
            if (fence != null && line.strip().equals(fence)) {
                blocks.add(taken(language, block));
                fence = null;
            } else if (fence != null) {
                block.append(line).append('\n');
            } else if (line.startsWith("    ") && (indented || afterBlank && !opening.matches())) {
                indented = true;
                block.append(line).append('\n');
            } else {
                if (indented) {
                    blocks.add(taken("", block));
                    indented = false;
                }
                if (opening.matches()) {
                    fence = opening.group(1);
                    language = opening.group(2).strip();
                } else {
                    prose.append(line).append('\n');
                }
            }
            afterBlank = line.isBlank();
        }
        if (block.length() > 0) {
            blocks.add(taken(indented ? "" : language, block));
        }
        return new Page(name, blocks, quotes(prose.toString()));
    }

    private static Block taken(String language, StringBuilder text) {
        var block = new Block(language, text.toString().stripTrailing().stripIndent());
        text.setLength(0);
        return block;
    }

    /** Quotes go over the ends of lines, and end with their paragraph. */
    private static List<String> quotes(String prose) {
        return Stream.of(prose.split("\n\\s*\n"))
                .flatMap(paragraph -> QUOTE.matcher(paragraph).results())
                .map(found -> found.group(1).replaceAll("\\s+", " ").strip())
                .toList();
    }

    /** The commands of its shell blocks. */
    List<List<String>> commands() {
        return blocks.stream()
                .filter(Block::isShell)
                .flatMap(block -> Script.commands(block.text()).stream())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
