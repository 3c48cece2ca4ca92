// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The fenced blocks of a page below {@code docs}. A test that has used all of them has left none out. */
public final class DocPage {
    /** The folder of the pages. */
    public static final Path FOLDER = Path.of("../docs");

    private final String name;
    private final List<Block> blocks;
    private final Set<Block> used = new HashSet<>();

    private record Block(int number, String info, String text) {}

    /** @param name such as {@code change/ddl.md} */
    public DocPage(String name) {
        this.name = name;
        try {
            this.blocks = blocks(Files.readAllLines(FOLDER.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Block> blocks(List<String> lines) {
        var found = new ArrayList<Block>();
        String info = null;
        var text = new StringBuilder();
        for (String line : lines) {
            if (info == null && line.startsWith("```")) {
                info = line.substring(3).strip();
                text.setLength(0);
            } else if (line.equals("```")) {
                found.add(new Block(found.size(), info, text.toString()));
                info = null;
            } else {
                text.append(line).append('\n');
            }
        }
        return found;
    }

    /** The block with this number among those of a language, from 0. */
    public String block(String info, int number) {
        Block block = blocks.stream()
                .filter(each -> each.info().equals(info))
                .skip(number)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no block " + number + " of " + info));
        used.add(block);
        return block.text();
    }

    /** The lines of a block. */
    public List<String> lines(String info, int number) {
        return block(info, number).lines().toList();
    }

    /** The blocks that were never asked for, as {@code language number}. */
    public List<String> unused() {
        return IntStream.range(0, blocks.size())
                .filter(i -> !used.contains(blocks.get(i)))
                .mapToObj(i -> blocks.get(i).info() + " at block " + i)
                .toList();
    }
}
