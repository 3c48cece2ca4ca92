// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** A field of a pattern, with PostgreSQL's name and meaning. */
enum TimeField {
    YYYY(ChronoField.YEAR, 4),
    YY(ChronoField.YEAR, 2),
    Q(IsoFields.QUARTER_OF_YEAR, 1),
    MM(ChronoField.MONTH_OF_YEAR, 2),
    DD(ChronoField.DAY_OF_MONTH, 2),
    DDD(ChronoField.DAY_OF_YEAR, 3),
    IYYY(IsoFields.WEEK_BASED_YEAR, 4),
    IW(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2),
    HH24(ChronoField.HOUR_OF_DAY, 2),
    HH12(ChronoField.CLOCK_HOUR_OF_AMPM, 2),
    MI(ChronoField.MINUTE_OF_HOUR, 2),
    SS(ChronoField.SECOND_OF_MINUTE, 2);

    private static final int CENTURY = 100;

    private final TemporalField field;
    private final int digits;

    TimeField(TemporalField field, int digits) {
        this.field = field;
        this.digits = digits;
    }

    /** The longest field that begins there. */
    static Optional<TimeField> at(String pattern, int index) {
        return Arrays.stream(values())
                .filter(field -> pattern.startsWith(field.name(), index))
                .max(Comparator.comparing(field -> field.name().length()));
    }

    static String all() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    String of(LocalDateTime time) {
        int number = time.get(field);
        String text = String.valueOf(this == YY ? number % CENTURY : number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
