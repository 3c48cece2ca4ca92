// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Builds the end of a message about an unknown word: a suggestion, and the known words. */
public final class Hint {
    /** Longer words are not compared, because the cost is the product of both lengths. */
    private static final int LONGEST = 200;

    private Hint() {}

    /** The end of the message. */
    public static String of(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return "there is none";
        }
        String all = "expected one of " + String.join(", ", known);
        return nearest(word, known)
                .map(near -> "did you mean '" + near + "'? " + all)
                .orElse(all);
    }

    /** The known word that was probably meant. At most a third of the letters may differ, and one letter always may. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String best = null;
        int bestDistance = Math.max(1, word.length() / 3) + 1;
        for (String candidate : known) {
            if (word.length() > LONGEST || Math.abs(word.length() - candidate.length()) >= bestDistance) {
                continue;
            }
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The number of insertions, deletions, substitutions and swaps of neighbours that turn one word into the other. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
                least = Math.min(least, cost[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
