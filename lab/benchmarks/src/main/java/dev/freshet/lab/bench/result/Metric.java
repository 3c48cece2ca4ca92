// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;

/**
 * Something that is measured.
 *
 * @param name in the JSON, with the unit
 * @param header of its column
 * @param decimals of its values, as printed
 * @param compared whether the table shows how many times the baseline's it is
 * @param moreIsBetter whether the larger of two values is the better one
 */
public record Metric(String name, String header, int decimals, boolean compared, boolean moreIsBetter) {
    @JsonCreator
    public Metric {}

    /** A metric of which less is better. */
    public Metric(String name, String header, int decimals, boolean compared) {
        this(name, header, decimals, compared, false);
    }

    /** A value as it is printed. */
    public String text(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
