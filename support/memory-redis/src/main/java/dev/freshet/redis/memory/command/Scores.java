// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A sorted set. */
final class Scores {
    private static final double EXACT = 1e17;

    final Map<String, Double> members = new HashMap<>();

    /** By score, and by name where scores are equal. */
    List<String> sorted() {
        return members.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Null if there is no such member. */
    String scoreOf(String member) {
        Double score = members.get(member);
        return score == null ? null : text(score);
    }

    static double parse(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        switch (plain) {
            case "inf", "+inf":
                return Double.POSITIVE_INFINITY;
            case "-inf":
                return Double.NEGATIVE_INFINITY;
            default:
                if (!plain.matches("[-+]?[0-9.]+(e[-+]?[0-9]+)?")) {
                    throw CommandFailure.noFloat();
                }
                try {
                    return Double.parseDouble(plain);
                } catch (NumberFormatException e) {
                    throw CommandFailure.noFloat();
                }
        }
    }

    /** As Redis prints it. */
    private static String text(double score) {
        if (Double.isInfinite(score)) {
            return score > 0 ? "inf" : "-inf";
        }
        return Math.rint(score) == score && Math.abs(score) < EXACT
                ? Long.toString((long) score)
                : new BigDecimal(Double.toString(score)).toPlainString();
    }
}
