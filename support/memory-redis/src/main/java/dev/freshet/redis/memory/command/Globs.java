// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

import java.util.regex.Pattern;

/** Patterns of keys, as the command KEYS takes them. */
final class Globs {
    private Globs() {}

    /** The same as a regular expression. */
    static String regex(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char sign = glob.charAt(i);
            int end = sign == '[' ? glob.indexOf(']', i) : -1;
            if (sign == '*') {
                regex.append(".*");
            } else if (sign == '?') {
                regex.append('.');
            } else if (end > 0) {
                regex.append(glob, i, end + 1);
                i = end;
            } else {
                regex.append(
                        Pattern.quote(String.valueOf(sign == '\\' && i + 1 < glob.length() ? glob.charAt(++i) : sign)));
            }
        }
        return regex.toString();
    }
}
