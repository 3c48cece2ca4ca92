// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import java.nio.charset.StandardCharsets;

/** Writes arguments into the name of a view, so that no two lists of arguments have one name. */
final class EntryNames {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private EntryNames() {}

    /** The name with what these arguments are: {@code products.2.en}. Nothing is {@code ~}. */
    static String with(String name, Object[] args, int[] places) {
        var text = new StringBuilder(name);
        for (int place : places) {
            text.append('.').append(text(args[place]));
        }
        return text.toString();
    }

    /** Percent-encoded, with no character that has a meaning in a name. */
    static String text(Object argument) {
        if (argument == null) {
            return "~";
        }
        var text = new StringBuilder();
        String plain = argument instanceof Enum<?> constant ? constant.name() : argument.toString();
        for (byte one : plain.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(one) >= 0) {
                text.append((char) one);
            } else {
                text.append("%%%02X".formatted(one & 0xff));
            }
        }
        return text.toString();
    }
}
