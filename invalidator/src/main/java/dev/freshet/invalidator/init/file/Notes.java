// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.file;

import dev.freshet.invalidator.init.yaml.Yaml;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The comments at the end of a mapping that {@code init} writes, anew each time.
 *
 * @param sections what to say under each heading
 * @param seen the tables that were offered so far
 */
public record Notes(Map<String, List<String>> sections, Set<TableName> seen) {
    static final String FIRST =
            "# ---- Notes of init, which writes them anew each time. Your own text belongs above. ----";
    static final String LAST = "# ---- End of the notes of init. ----";
    private static final String SEEN =
            "# Tables that init has offered. It adds none of them again: cut a name here to have it offered anew.";
    private static final String TABLES = "# tables: ";
    private static final int WIDTH = 110;

    public Notes {
        sections = new LinkedHashMap<>(sections);
        seen = Set.copyOf(seen);
    }

    /** As lines; sections without content are left out. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(FIRST);
        sections.forEach((heading, content) -> {
            if (!content.isEmpty()) {
                lines.add("#");
                lines.add("# " + heading);
                content.forEach(line -> lines.add("#   " + Yaml.comment(line)));
            }
        });
        lines.add("#");
        lines.add(SEEN);
        lines.addAll(tables());
        lines.add(LAST);
        return lines;
    }

    private List<String> tables() {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(TABLES);
        for (TableName table : new TreeSet<>(seen)) {
            String name = encoded(table.schema()) + "." + encoded(table.table());
            if (line.length() > TABLES.length() && line.length() + name.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line.setLength(TABLES.length());
            }
            line.append(name).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** The tables that earlier notes name. */
    static Set<TableName> seen(Collection<String> lines) {
        var seen = new TreeSet<TableName>();
        lines.stream()
                .filter(line -> line.startsWith(TABLES))
                .flatMap(line ->
                        Arrays.stream(line.substring(TABLES.length()).strip().split("\\s+")))
                .map(name -> name.split("\\.", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> seen.add(new TableName(decoded(parts[0]), decoded(parts[1]))));
        return seen;
    }

    private static String encoded(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                .replace(".", "%2E");
    }

    /** What a hand has spoilt stands for itself. */
    private static String decoded(String name) {
        try {
            return java.net.URLDecoder.decode(name, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
