// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

/** Redis' globs, as far as templates use them: {@code *}, {@code ?}, and a backslash before what stands for itself. */
final class Globs {
    private Globs() {}

    static boolean matches(String glob, String text) {
        return matches(glob, 0, text, 0);
    }

    private static boolean matches(String glob, int g, String text, int t) {
        if (g == glob.length()) {
            return t == text.length();
        }
        char wanted = glob.charAt(g);
        if (wanted == '*') {
            return matches(glob, g + 1, text, t) || (t < text.length() && matches(glob, g, text, t + 1));
        }
        if (t == text.length()) {
            return false;
        }
        if (wanted == '?') {
            return matches(glob, g + 1, text, t + 1);
        }
        if (wanted == '\\' && g + 1 < glob.length()) {
            return glob.charAt(g + 1) == text.charAt(t) && matches(glob, g + 2, text, t + 1);
        }
        return wanted == text.charAt(t) && matches(glob, g + 1, text, t + 1);
    }
}
