// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.function.FunctionCall;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text form of a column's values, as PostgreSQL prints them in UTC with its default settings.
 *
 * @param regex matches the UTF-8 bytes of the text, each read as one character
 * @param open whether a value may have any length
 */
public record PrintedForm(String regex, boolean open) {
    /** For text, and for every type that is not known here. */
    public static final PrintedForm ANY = new PrintedForm(".*", true);

    private static final String TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,6})?";
    private static final String DATE = "[0-9]{4,7}-[0-9]{2}-[0-9]{2}";
    private static final String ERA = "(?: BC)?";
    private static final String OR_INFINITE = "|-?infinity";
    private static final String FLOAT = "-?[0-9]{1,20}(?:\\.[0-9]{1,20})?(?:e[+-][0-9]{1,3})?|NaN|-?Infinity";
    private static final String OCTET = "[0-9]{1,3}";
    private static final String HEX_PAIR = "[0-9a-f]{2}";

    private static final Map<String, PrintedForm> FORMS = Map.ofEntries(
            form("int2", integer(5)),
            form("int4", integer(10)),
            form("int8", integer(19)),
            form("oid", "[0-9]{1,10}"),
            form("xid", "[0-9]{1,10}"),
            form("xid8", "[0-9]{1,20}"),
            form("bool", "true|false"),
            form("uuid", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            form("float4", FLOAT),
            form("float8", FLOAT),
            form("date", DATE + ERA + OR_INFINITE),
            form("time", TIME),
            form("timestamp", DATE + " " + TIME + ERA + OR_INFINITE),
            form("timestamptz", DATE + " " + TIME + "\\+00" + ERA + OR_INFINITE),
            form(
                    "interval",
                    "(?=.)(?:[+-]?[0-9]{1,20} (?:years?|mons?|days?) ?){0,3}(?:[+-]?[0-9]{2,20}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,6})?)?"
                            + OR_INFINITE),
            form(
                    "inet",
                    "(?:" + OCTET + "(?:\\." + OCTET + "){3}|[0-9a-f:.]{0,45}:[0-9a-f:.]{0,45})(?:/" + OCTET + ")?"),
            form(
                    "cidr",
                    "(?:" + OCTET + "(?:\\." + OCTET + "){3}|[0-9a-f:.]{0,45}:[0-9a-f:.]{0,45})(?:/" + OCTET + ")?"),
            form("macaddr", HEX_PAIR + "(?::" + HEX_PAIR + "){5}"),
            form("macaddr8", HEX_PAIR + "(?::" + HEX_PAIR + "){7}"),
            form("pg_lsn", "[0-9A-F]{1,8}/[0-9A-F]{1,8}"),
            Map.entry("numeric", new PrintedForm("-?[0-9]+(?:\\.[0-9]+)?|NaN|-?Infinity", true)),
            Map.entry("bytea", new PrintedForm("\\\\x(?:" + HEX_PAIR + ")*", true)),
            Map.entry("bit", new PrintedForm("[01]*", true)),
            Map.entry("varbit", new PrintedForm("[01]*", true)));

    /** The form of a column's values; null stands for a column that is not known. */
    static PrintedForm of(Column column) {
        if (column == null) {
            return ANY;
        }
        return column.labels().isEmpty()
                ? FORMS.getOrDefault(column.type(), ANY)
                : new PrintedForm(
                        column.labels().stream()
                                // Longest first: this is cheapest when one label is a prefix of another.
                                .sorted(Comparator.comparing(String::length).reversed())
                                .map(PrintedForm::literal)
                                .collect(Collectors.joining("|")),
                        false);
    }

    /** The form after some functions. A function without a form of its own may yield anything. */
    public static PrintedForm of(Column column, List<FunctionCall> functions) {
        return functions.isEmpty()
                ? of(column)
                : functions
                        .get(functions.size() - 1)
                        .form()
                        .map(regex -> new PrintedForm(regex, false))
                        .orElse(ANY);
    }

    /** Whether a value can print like this. */
    boolean matches(String text) {
        return Pattern.compile(regex, Pattern.DOTALL).matcher(bytes(text)).matches();
    }

    /** A regex that matches the text literally. */
    public static String literal(String text) {
        return Pattern.quote(bytes(text));
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Map.Entry<String, PrintedForm> form(String type, String regex) {
        return Map.entry(type, new PrintedForm(regex, false));
    }

    private static String integer(int digits) {
        return "0|-?[1-9][0-9]{0," + (digits - 1) + "}";
    }
}
