// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The schema and name of a table, as PostgreSQL stores them. */
public record TableName(String schema, String table) implements Comparable<TableName> {
    /** The schema of an unqualified name. */
    public static final String DEFAULT_SCHEMA = "public";

    private static final String PART = "\"(?:[^\"]|\"\")+\"|[^.\"\\s](?:[^.\"]*[^.\"\\s])?";
    private static final Pattern NAME = Pattern.compile("(?:(" + PART + ")\\.)?(" + PART + ")");
    private static final Pattern PLAIN = Pattern.compile("[^.\"\\s](?:[^.\"]*[^.\"\\s])?");

    /** Reads {@code schema.table} or {@code table}, which may stand in double quotes as in SQL; empty for other text. */
    public static Optional<TableName> read(String text) {
        Matcher name = NAME.matcher(text);
        return name.matches()
                ? Optional.of(new TableName(
                        name.group(1) == null ? DEFAULT_SCHEMA : unquoted(name.group(1)), unquoted(name.group(2))))
                : Optional.empty();
    }

    /**
     * The table of that name.
     *
     * @throws IllegalArgumentException if the text is not one that {@link #read} accepts
     */
    public static TableName of(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' names no table"));
    }

    private static String unquoted(String part) {
        return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }

    private static String quoted(String part) {
        return PLAIN.matcher(part).matches() ? part : '"' + part.replace("\"", "\"\"") + '"';
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }

    /** As {@link #read} reads it: in double quotes where needed. */
    @Override
    public String toString() {
        return quoted(schema) + "." + quoted(table);
    }
}
