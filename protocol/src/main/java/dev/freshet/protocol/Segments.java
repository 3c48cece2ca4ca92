// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Percent-encodes the parts of a key, so that no value can break out of its part. */
final class Segments {
    private static final String HEX = "0123456789ABCDEF";

    private Segments() {}

    /** Keeps {@code A-Z a-z 0-9 - . _ @ +}; encodes every other byte of the UTF-8 form. */
    static String escape(String value) {
        int plain = 0;
        while (plain < value.length() && isPlain(value.charAt(plain))) {
            plain++;
        }
        if (plain == value.length()) {
            return value;
        }
        var escaped = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain((char) (b & 0xFF))) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '@'
                || c == '+';
    }

    /** The inverse of {@link #escape}; empty if the text is not a result of {@code escape}. */
    static Optional<String> unescape(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                bytes.write(c);
            } else if (c == '%' && i + 2 < text.length() && HEX.indexOf(text.charAt(i + 1)) >= 0) {
                int low = HEX.indexOf(text.charAt(i + 2));
                if (low < 0) {
                    return Optional.empty();
                }
                bytes.write(HEX.indexOf(text.charAt(i + 1)) << 4 | low);
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        String value = bytes.toString(StandardCharsets.UTF_8);
        return escape(value).equals(text) ? Optional.of(value) : Optional.empty();
    }

    /** Unescapes several values that are separated by commas. Empty if one of them cannot be unescaped. */
    static Optional<List<String>> unescapeAll(String text) {
        var values = new ArrayList<String>();
        for (String part : text.split(",", -1)) {
            Optional<String> value = unescape(part);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(List.copyOf(values));
    }
}
