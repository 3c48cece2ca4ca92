// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.servers;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them. */
public final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
    private static final double STEP = 1000;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Amounts() {}

    /** Such as {@code 16.8 MB}; a unit is a thousand of the one before. */
    public static String bytes(double bytes) {
        double left = bytes;
        int unit = 0;
        while (Math.abs(left) >= STEP && unit < UNITS.length - 1) {
            left /= STEP;
            unit++;
        }
        return unit == 0
                ? String.format(Locale.ROOT, "%.0f B", left)
                : String.format(Locale.ROOT, "%.1f %s", left, UNITS[unit]);
    }

    /** Such as {@code 0.4 s}, {@code 12 min} or {@code 3 h 20 min}. */
    public static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 2 * MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", seconds(time));
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min";
        }
        return seconds < 2 * DAY ? seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min" : seconds / DAY + " days";
    }

    /** In seconds, with fractions. */
    public static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Such as {@code 12.5/s}. */
    public static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f/s", perSecond);
    }
}
