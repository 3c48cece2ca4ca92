// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import java.math.BigDecimal;

/**
 * Floating-point numbers as PostgreSQL 12 and later print them: the shortest digits that read back the same, plain
 * between 1e-4 and 1e15 (1e6 for real), else with an exponent of at least two digits. The digits are the JDK's, which
 * before JDK 19 are now and then one longer than the shortest.
 */
final class FloatText {
    private static final int DOUBLE_DIGITS = 15;
    private static final int REAL_DIGITS = 6;

    private FloatText() {}

    static String of(double value) {
        return Double.isFinite(value)
                ? finite(Double.toString(value), value < 0 || 1 / value < 0, DOUBLE_DIGITS)
                : special(value);
    }

    static String of(float value) {
        return Float.isFinite(value)
                ? finite(Float.toString(value), value < 0 || 1 / value < 0, REAL_DIGITS)
                : special(value);
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value > 0 ? "Infinity" : "-Infinity";
    }

    private static String finite(String java, boolean negative, int plainDigits) {
        BigDecimal number = new BigDecimal(java).abs().stripTrailingZeros();
        String sign = negative ? "-" : "";
        if (number.signum() == 0) {
            return sign + "0";
        }
        int exponent = number.precision() - number.scale() - 1;
        if (exponent >= -4 && exponent < plainDigits) {
            return sign + number.toPlainString();
        }
        String digits = number.unscaledValue().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + PostgresText.pad(Math.abs(exponent), 2);
    }
}
