// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.TableName;
import dev.freshet.support.config.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables that a user asked for. Remembers which patterns matched. One thread. */
final class Selection implements Predicate<TableName> {
    private static final int FEW = 8;

    private final List<Glob> schemas;
    private final List<Glob> tables;
    private final Set<Glob> matched = new LinkedHashSet<>();
    private final Set<String> schemaNames = new TreeSet<>();
    private final Set<String> tableNames = new TreeSet<>();

    private record Glob(String option, String text, Pattern pattern) {
        static List<Glob> of(String option, List<String> globs) {
            if (globs == null) {
                return List.of();
            }
            if (globs.stream().anyMatch(String::isBlank)) {
                throw ConfigException.bad(
                        option, String.join(",", globs), "names or patterns such as shop_*, by commas");
            }
            return globs.stream()
                    .map(String::strip)
                    .map(glob -> new Glob(option, glob, pattern(glob)))
                    .toList();
        }

        private static Pattern pattern(String glob) {
            String regex = glob.codePoints()
                    .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                    .collect(Collectors.joining());
            return Pattern.compile(regex, Pattern.DOTALL);
        }

        boolean matches(String name) {
            return pattern.matcher(name).matches();
        }
    }

    /**
     * Asks for tables.
     *
     * @param tables globs of names, with or without a schema; null for all
     * @param schemas globs of schemas; null for all
     */
    Selection(List<String> tables, List<String> schemas) {
        this.tables = Glob.of("--tables", tables);
        this.schemas = Glob.of("--schemas", schemas);
    }

    @Override
    public boolean test(TableName name) {
        schemaNames.add(name.schema());
        tableNames.add(name.toString());
        boolean inSchema = any(schemas, glob -> glob.matches(name.schema()));
        boolean isTable = any(tables, glob -> glob.matches(name.table()) || glob.matches(name.toString()));
        return inSchema && isTable;
    }

    private boolean any(List<Glob> globs, Predicate<Glob> matches) {
        List<Glob> found = globs.stream().filter(matches).toList();
        matched.addAll(found);
        return globs.isEmpty() || !found.isEmpty();
    }

    /** @throws ConfigException if a pattern matched nothing */
    void requireMatches() {
        var all = new ArrayList<>(schemas);
        all.addAll(tables);
        for (Glob glob : all) {
            if (!matched.contains(glob)) {
                boolean schema = glob.option().equals("--schemas");
                Set<String> known = schema ? schemaNames : tableNames;
                throw ConfigException.bad(
                        glob.option(),
                        glob.text(),
                        (schema ? "a schema of the database" : "a table of the database")
                                + ", or a pattern that matches one"
                                + Hint.nearest(glob.text(), known)
                                        .or(() -> Hint.nearest("public." + glob.text(), known))
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse(known.size() > FEW ? "" : "; there are " + String.join(", ", known)));
            }
        }
    }
}
