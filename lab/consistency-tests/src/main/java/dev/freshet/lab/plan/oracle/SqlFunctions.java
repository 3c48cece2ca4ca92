// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.oracle;

import dev.freshet.model.mapping.function.FunctionCall;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The functions that generated templates use, in the way in which a program would write them. */
final class SqlFunctions {
    /** PostgreSQL's patterns, and those of {@link DateTimeFormatter}. */
    private static final Map<String, String> PATTERNS = Map.of("YYYY-MM", "uuuu-MM", "IYYY/IW", "YYYY/ww");

    private SqlFunctions() {}

    static String apply(List<FunctionCall> calls, String value) {
        String result = value;
        for (FunctionCall call : calls) {
            boolean nothing = result == null && !call.name().equals("coalesce");
            result = nothing ? null : apply(call, result);
        }
        return result;
    }

    private static String apply(FunctionCall call, String value) {
        return switch (call.name()) {
            case "lower" -> value.toLowerCase(Locale.ROOT);
            case "upper" -> value.toUpperCase(Locale.ROOT);
            case "left" ->
                value.substring(
                        0,
                        Math.min(
                                value.length(),
                                Integer.parseInt(call.arguments().get(0))));
            case "md5" -> md5(value);
            case "format" -> format(call.arguments(), value);
            case "replace" ->
                String.join(
                        call.arguments().get(1), fields(value, call.arguments().get(0)));
            case "split_part" ->
                field(
                        fields(value, call.arguments().get(0)),
                        Integer.parseInt(call.arguments().get(1)));
            case "coalesce" -> value == null ? call.arguments().get(0) : value;
            case "substring" ->
                value.chars()
                        .skip(Integer.parseInt(call.arguments().get(0)) - 1)
                        .limit(Integer.parseInt(call.arguments().get(1)))
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
            case "trim" -> value.replaceAll("^ +| +$", "");

            default -> throw new IllegalArgumentException(call.name());
        };
    }

    /** The texts between the separators, in order. */
    private static List<String> fields(String value, String separator) {
        var fields = new ArrayList<String>();
        int from = 0;
        for (int at = value.indexOf(separator); at >= 0; at = value.indexOf(separator, from)) {
            fields.add(value.substring(from, at));
            from = at + separator.length();
        }
        fields.add(value.substring(from));
        return fields;
    }

    private static String field(List<String> fields, int number) {
        int index = number < 0 ? fields.size() + number : number - 1;
        return index < 0 || index >= fields.size() ? "" : fields.get(index);
    }

    private static String md5(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
            return String.format("%032x", new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A value that is no time stamp is spelled in some way that the planner cannot know. */
    private static String format(List<String> arguments, String value) {
        var formatter = DateTimeFormatter.ofPattern(PATTERNS.get(arguments.get(0)), Locale.GERMANY);
        try {
            return OffsetDateTime.parse(value.replace(' ', 'T') + ":00")
                    .atZoneSameInstant(ZoneId.of(arguments.size() > 1 ? arguments.get(1) : "UTC"))
                    .format(formatter);
        } catch (DateTimeException e) {
            return "(" + value + ")";
        }
    }
}
