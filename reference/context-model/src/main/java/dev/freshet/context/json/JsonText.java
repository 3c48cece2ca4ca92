// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context.json;

/** Checks and measures the text of JSON strings. */
public final class JsonText {
    private JsonText() {}

    /** Whether PostgreSQL rejects the text or UTF-8 cannot encode it: it contains U+0000 or half a surrogate pair. */
    public static boolean unfit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return true;
            }
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return true;
            }
        }
        return false;
    }

    /** The length of the text as a JSON string in UTF-8, in bytes, including quotes and escapes. */
    static long quotedBytes(String text) {
        long bytes = 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f') {
                bytes += 2;
            } else if (c < 0x20) {
                bytes += 6;
            } else if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                // A surrogate pair takes four bytes, two for each half.
                bytes += 2;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}
