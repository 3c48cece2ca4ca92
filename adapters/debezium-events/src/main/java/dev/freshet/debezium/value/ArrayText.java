// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.value;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Prints arrays as PostgreSQL does, such as {@code {1,NULL,"b c"}}. */
final class ArrayText {
    private static final Pattern QUOTED = Pattern.compile("(?i)null|.*[{},\"\\\\\\s].*", Pattern.DOTALL);

    private ArrayText() {}

    static String of(List<?> values, ValueType element) {
        var texts = new ArrayList<String>(values.size());
        for (Object value : values) {
            texts.add(value instanceof List<?> nested ? of(nested, element.elementOrUnknown()) : text(value, element));
        }
        return "{" + String.join(",", texts) + "}";
    }

    private static String text(Object value, ValueType element) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Boolean bool) {
            return bool ? "t" : "f";
        }
        String text = ColumnText.converted(value, element);
        return text.isEmpty() || QUOTED.matcher(text).matches()
                ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : text;
    }
}
