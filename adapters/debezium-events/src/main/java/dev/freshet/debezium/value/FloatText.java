// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * Prints floating-point numbers as PostgreSQL does: the fewest digits that read back as the same number, with an
 * exponent below 0.0001 and from 10<sup>15</sup> (double precision) or 10<sup>6</sup> (real).
 */
final class FloatText {
    private static final int DOUBLE_DIGITS = 15;
    private static final int REAL_DIGITS = 6;

    private FloatText() {}

    static String of(double number) {
        return !Double.isFinite(number) || number == 0
                ? special(number)
                : printed(shortest(new BigDecimal(number), d -> d.doubleValue() == number), DOUBLE_DIGITS);
    }

    static String of(float number) {
        return !Float.isFinite(number) || number == 0
                ? special(number)
                : printed(shortest(new BigDecimal(number), d -> d.floatValue() == number), REAL_DIGITS);
    }

    private static String special(double number) {
        return number == 0 ? (1 / number < 0 ? "-0" : "0") : Double.toString(number);
    }

    private static BigDecimal shortest(BigDecimal exact, Predicate<BigDecimal> same) {
        for (int digits = 1; ; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (same.test(rounded)) {
                return rounded.stripTrailingZeros();
            }
        }
    }

    private static String printed(BigDecimal number, int most) {
        int exponent = number.precision() - number.scale() - 1;
        if (exponent >= -4 && exponent < most) {
            return number.toPlainString();
        }
        return number.scaleByPowerOfTen(-exponent).toPlainString()
                + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
