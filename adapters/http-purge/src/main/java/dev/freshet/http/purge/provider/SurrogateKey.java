// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.nio.charset.StandardCharsets;

/**
 * Names of keys and tags as they can stand in a header or in a URL. Each byte of the UTF-8 that cannot is written as
 * {@code %} and two upper-case hexadecimal digits; all others stay. Two names can so become the same: then both are
 * purged.
 */
final class SurrogateKey {
    private static final String HEX = "0123456789ABCDEF";

    private SurrogateKey() {}

    /** For headers: visible ASCII stays, but commas, which separate keys. {@code %} stays as it is. */
    static String inHeader(String name) {
        return encoded(name, false);
    }

    /** For URLs: letters, digits and {@code - . _ ~ : / @} stay. */
    static String inUrl(String name) {
        return encoded(name, true);
    }

    private static String encoded(String name, boolean url) {
        var text = new StringBuilder(name.length());
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            int value = each & 0xFF;
            if (url ? staysInUrl(value) : value > ' ' && value < 0x7F && value != ',') {
                text.append((char) value);
            } else {
                text.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 0xF));
            }
        }
        return text.toString();
    }

    private static boolean staysInUrl(int value) {
        return value >= 'a' && value <= 'z'
                || value >= 'A' && value <= 'Z'
                || value >= '0' && value <= '9'
                || "-._~:/@".indexOf(value) >= 0;
    }
}
