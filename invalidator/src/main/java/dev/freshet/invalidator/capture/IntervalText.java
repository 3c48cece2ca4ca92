// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import java.util.StringJoiner;
import org.postgresql.util.PGInterval;

/** Intervals as PostgreSQL prints them with {@code IntervalStyle=postgres}: {@code 1 year 2 mons -3 days +04:05:06.7}. */
final class IntervalText {
    private final StringJoiner parts = new StringJoiner(" ");
    private boolean afterNegative;
    private boolean empty = true;

    private IntervalText() {}

    static String of(PGInterval interval) {
        var text = new IntervalText();
        text.part(interval.getYears(), "year");
        text.part(interval.getMonths(), "mon");
        text.part(interval.getDays(), "day");
        text.time(interval);
        return text.parts.toString();
    }

    private void part(int number, String unit) {
        if (number == 0) {
            return;
        }
        parts.add((afterNegative && number > 0 ? "+" : "") + number + " " + unit + (number == 1 ? "" : "s"));
        afterNegative = number < 0;
        empty = false;
    }

    private void time(PGInterval interval) {
        int hours = interval.getHours();
        int minutes = interval.getMinutes();
        int seconds = interval.getWholeSeconds();
        int micros = interval.getMicroSeconds();
        boolean negative = hours < 0 || minutes < 0 || seconds < 0 || micros < 0;
        if (!empty && hours == 0 && minutes == 0 && seconds == 0 && micros == 0) {
            return;
        }
        String sign = negative ? "-" : afterNegative ? "+" : "";
        parts.add(sign + PostgresText.pad(Math.abs(hours), 2) + ":" + PostgresText.pad(Math.abs(minutes), 2) + ":"
                + PostgresText.pad(Math.abs(seconds), 2) + PostgresText.fraction(Math.abs(micros)));
    }
}
