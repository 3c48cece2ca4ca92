// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** What events contain in place of a value that they do not contain. */
public final class Placeholders {
    /** Debezium's, in a column whose values are text, for a TOAST value that did not change. */
    public static final String DEBEZIUM = "__debezium_unavailable_value";

    /**
     * In a column of type {@link ValueType#TEXT}: the value was not shipped. No text of PostgreSQL contains U+0000, so
     * this cannot be a value.
     */
    public static final String ABSENT = "\0absent";

    /** In a column of type {@link ValueType#TEXT}: a TOAST value that did not change. */
    public static final String UNCHANGED = "\0unchanged";

    private static final byte[] BYTES = DEBEZIUM.getBytes(StandardCharsets.UTF_8);
    private static final String BASE64 = Base64.getEncoder().encodeToString(BYTES);
    private static final String ID = UUID.nameUUIDFromBytes(BYTES).toString();

    private Placeholders() {}

    /**
     * Whether it is what Debezium puts in place of an unchanged TOAST value. Which one depends on the column's type:
     * bytes, arrays of texts, bytes, ids or integers, and maps have their own.
     */
    static boolean isDebeziums(Object value) {
        if (value instanceof String text) {
            return text.equals(DEBEZIUM) || text.equals(BASE64);
        }
        if (value instanceof byte[] bytes) {
            return Arrays.equals(bytes, BYTES);
        }
        if (value instanceof List<?> list) {
            return list.size() == 1 ? isDebeziums(list.get(0)) || ID.equals(list.get(0)) : isItsCodes(list);
        }
        return value instanceof Fields fields && fields.has(DEBEZIUM) && isDebeziums(fields.get(DEBEZIUM));
    }

    private static boolean isItsCodes(List<?> list) {
        if (list.size() != BYTES.length) {
            return false;
        }
        for (int i = 0; i < BYTES.length; i++) {
            if (!(list.get(i) instanceof Long code) || code != BYTES[i]) {
                return false;
            }
        }
        return true;
    }
}
