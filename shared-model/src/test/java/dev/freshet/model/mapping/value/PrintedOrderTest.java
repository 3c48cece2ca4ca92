// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of values as PostgreSQL prints them. */
class PrintedOrderTest {
    /** Each is less than the one behind it. */
    @ParameterizedTest
    @CsvSource({
        "9,10",
        "-10,-9",
        "-1,0.00",
        "3.49,3.5",
        "99999999999999999998,99999999999999999999",
        "0.00000000000000000001,0.00000000000000000002",
        "2024-01-31,2024-02-01",
        "9999-12-31,10000-01-01",
        "0044-03-15,2024-01-01",
        "2024-01-31 23:59:59.999999,2024-02-01 00:00:00",
        "2024-01-31 00:00:00.1,2024-01-31 00:00:00.12",
        "2024-01-31 00:00:00+00,2024-01-31 00:00:00.000001+00",
        "2024-01-31 01:00:00+02,2024-01-31 00:00:00+00",
        "2024-01-31 00:00:00-02:30,2024-01-31 02:30:01+00",
        "2024-01-31,2024-01-31 00:00:01",
    })
    void isThatOfTheValues(String one, String other) {
        assertThat(PrintedOrder.isLess(one, other)).contains(true);
        assertThat(PrintedOrder.isLess(other, one)).contains(false);
    }

    @ParameterizedTest
    @CsvSource({
        "3,3.00",
        "0,-0",
        "2024-01-31,2024-01-31 00:00:00",
        "2024-01-31 00:00:00.5,2024-01-31 00:00:00.500",
        "2024-01-31 02:00:00+02,2024-01-31 00:00:00+00",
    })
    void equalValuesAreNotLessThanEachOther(String one, String other) {
        assertThat(PrintedOrder.isLess(one, other)).contains(false);
        assertThat(PrintedOrder.isLess(other, one)).contains(false);
    }

    @ParameterizedTest
    @CsvSource({
        "NaN,1",
        "Infinity,1",
        "-Infinity,1",
        "infinity,2024-01-31",
        "-infinity,2024-01-31 00:00:00+00",
        "0044-03-15 BC,2024-01-31",
        "0044-03-15 10:00:00+00 BC,2024-01-31 00:00:00+00",
        "2024-01-31,1",
        "2024-02-30,2024-02-01",
        "1e5,1",
        "a,b",
        "true,false",
        "'',1",
    })
    void whatCannotBeComparedIsNotTold(String one, String other) {
        assertThat(PrintedOrder.isLess(one, other)).isEmpty();
        assertThat(PrintedOrder.isLess(other, one)).isEmpty();
    }
}
