// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.model.mapping.EntityMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the id of a row from the command line: {@code 7}, {@code a,b} in the order of the mapping, or {@code
 * column=value,column=value} in any order. In an id of several columns a comma within a value is written {@code \,}.
 */
public final class RowId {
    private RowId() {}

    /**
     * The values in the order of the entity's id.
     *
     * @throws IllegalArgumentException if it is no id of this entity; the message says what was expected
     */
    public static List<String> parse(EntityMapping entity, String text) {
        List<String> columns = entity.id();
        if (columns.size() == 1) {
            String name = columns.get(0) + "=";
            return List.of(text.startsWith(name) ? text.substring(name.length()) : text);
        }
        List<String> pieces = pieces(text);
        if (pieces.stream().allMatch(piece -> columns.contains(column(piece)))) {
            return named(entity, text, pieces);
        }
        if (pieces.size() != columns.size()) {
            throw bad(entity, text);
        }
        return List.copyOf(pieces);
    }

    /** The id as {@link #parse} reads it. */
    static String print(Collection<String> values) {
        return values.size() == 1
                ? values.iterator().next()
                : values.stream().map(value -> value.replace(",", "\\,")).collect(Collectors.joining(","));
    }

    private static List<String> named(EntityMapping entity, String text, List<String> pieces) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String piece : pieces) {
            String column = column(piece);
            if (values.put(column, piece.substring(column.length() + 1)) != null) {
                throw bad(entity, text);
            }
        }
        if (values.size() != entity.id().size()) {
            throw bad(entity, text);
        }
        return entity.id().stream().map(values::get).toList();
    }

    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        Arrays.stream(text.split("(?<!\\\\),", -1))
                .map(piece -> piece.replace("\\,", ","))
                .forEach(pieces::add);
        return pieces;
    }

    /** The name before the equals sign; empty if there is none. */
    private static String column(String piece) {
        return piece.substring(0, Math.max(0, piece.indexOf('=')));
    }

    private static IllegalArgumentException bad(EntityMapping entity, String text) {
        return new IllegalArgumentException("the id '" + text + "' is not one of " + entity.table() + "; expected "
                + String.join(",", entity.id()) + " as value,value or as "
                + entity.id().stream().map(column -> column + "=value").collect(Collectors.joining(",")));
    }
}
