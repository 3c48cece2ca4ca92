// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The files of this repository, independent of the working directory of the tests. */
public final class Repository {
    private static final Path ROOT = root();
    private static final Pattern FENCE = Pattern.compile("^(`{3,}|~{3,})\\s*(.*)$");
    private static final Pattern HEADING = Pattern.compile("^(#{1,6})\\s+(.*?)\\s*#*\\s*$");

    private Repository() {}

    /**
     * A fenced block of a page.
     *
     * @param info the words after the opening fence
     */
    public record Block(String info, String text) {}

    public static Path file(String path) {
        return ROOT.resolve(path);
    }

    public static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks under a heading of a Markdown page, in their order; of the headings below it too. */
    public static List<Block> blocks(String page, String heading) {
        var blocks = new ArrayList<Block>();
        int depth = 0;
        String fence = null;
        String info = "";
        var block = new StringBuilder();
        for (var line : page.lines().toList()) {
            var fenceLine = FENCE.matcher(line);
            var headingLine = HEADING.matcher(line);
            if (fence != null) {
                if (line.strip().equals(fence)) {
                    if (depth > 0) {
                        blocks.add(new Block(info, block.toString()));
                    }
                    fence = null;
                } else {
                    block.append(line).append('\n');
                }
            } else if (fenceLine.matches()) {
                fence = fenceLine.group(1);
                info = fenceLine.group(2).strip();
                block.setLength(0);
            } else if (headingLine.matches()) {
                int level = headingLine.group(1).length();
                if (headingLine.group(2).equals(heading)) {
                    depth = level;
                } else if (level <= depth) {
                    depth = 0;
                }
            }
        }
        return blocks;
    }

    private static Path root() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("deploy/mappings")) && Files.exists(folder.resolve("pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "not started inside of the repository: " + Path.of("").toAbsolutePath());
    }
}
