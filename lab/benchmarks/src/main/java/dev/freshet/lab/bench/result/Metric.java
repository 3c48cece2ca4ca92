// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

/**
 * Something that is measured.
 *
 * @param name in the JSON, with the unit
 * @param header of its column
 * @param decimals of its values, as printed
 * @param compared whether the table shows how many times the baseline's it is
 */
public record Metric(String name, String header, int decimals, boolean compared) {
    String text(double value) {
        return ("%,." + decimals + "f").formatted(value);
    }
}
