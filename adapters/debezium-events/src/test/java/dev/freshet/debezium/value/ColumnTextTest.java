// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.core.stream.Row;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL prints is checked against PostgreSQL in CapturedValuesTest; the texts here are its own. */
class ColumnTextTest {
    private static ValueType logical(String name) {
        return new ValueType("int64", name, 0, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            io.debezium.time.Date           | 20487                | 2026-02-03
            io.debezium.time.Date           | -735160              | 0044-03-15 BC
            io.debezium.time.Date           | 3789698              | 12345-11-04
            io.debezium.time.Timestamp      | 1770091506500        | 2026-02-03 04:05:06.5
            io.debezium.time.MicroTimestamp | 1770091506000001     | 2026-02-03 04:05:06.000001
            io.debezium.time.MicroTimestamp | 9223372036825200000  | infinity
            io.debezium.time.MicroTimestamp | -9223372036832400000 | -infinity
            io.debezium.time.NanoTimestamp  | -1                   | 1969-12-31 23:59:59.999999
            io.debezium.time.Time           | 3723004              | 01:02:03.004
            io.debezium.time.MicroTime      | 86400000000          | 24:00:00
            io.debezium.time.NanoTime       | 0                    | 00:00:00
            """)
    void datesAndTimesPrintAsPostgresPrintsThem(String type, long value, String text) {
        assertThat(ColumnText.of(value, logical(type))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            io.debezium.time.ZonedTimestamp | 2026-02-03T04:05:06.500000+02:00 | 2026-02-03 02:05:06.5+00
            io.debezium.time.ZonedTimestamp | -0043-03-15T01:02:03Z            | 0044-03-15 01:02:03+00 BC
            io.debezium.time.ZonedTimestamp | +292278994-08-16T23:00:00Z       | infinity
            io.debezium.time.ZonedTimestamp | -infinity                        | -infinity
            io.debezium.time.IsoTimestamp   | 2026-02-03T04:05:06Z             | 2026-02-03 04:05:06
            io.debezium.time.IsoDate        | 2026-02-03Z                      | 2026-02-03
            """)
    void timesInIsoFormPrintAsPostgresPrintsThem(String type, String value, String text) {
        assertThat(ColumnText.of(value, logical(type))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0.1, 0.1",
        "1e20, 1e+20",
        "1e15, 1e+15",
        "1e14, 100000000000000",
        "123456789012345, 123456789012345",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "-1.5e-300, -1.5e-300",
        "2e-3, 0.002",
        "-0.0, -0",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void doublesPrintAsPostgresPrintsThem(double value, String text) {
        assertThat(ColumnText.of(value, ValueType.UNKNOWN)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1.5", "0.1, 0.1", "1e20, 1e+20", "1e-7, 1e-07", "123456, 123456", "1234567, 1.234567e+06"})
    void realsPrintAsPostgresPrintsThem(float value, String text) {
        assertThat(ColumnText.of(value, ValueType.UNKNOWN)).isEqualTo(text);
    }

    @Test
    void arraysPrintAsPostgresPrintsThem() {
        var strings = new ValueType("array", "", 0, new ValueType("string", "", 0, null));
        assertThat(ColumnText.of(Arrays.asList("a", "b c", "q\"uote", null, "NULL", "", "back\\"), strings))
                .isEqualTo("{a,\"b c\",\"q\\\"uote\",NULL,\"NULL\",\"\",\"back\\\\\"}");
        assertThat(ColumnText.of(List.of(), strings)).isEqualTo("{}");
        assertThat(ColumnText.of(List.of(List.of(1L, 2L), List.of(3L, 4L)), ValueType.UNKNOWN))
                .isEqualTo("{{1,2},{3,4}}");
        assertThat(ColumnText.of(List.of(true, false), ValueType.UNKNOWN)).isEqualTo("{t,f}");
        var dates = new ValueType("array", "", 0, logical("io.debezium.time.Date"));
        assertThat(ColumnText.of(List.of(20487L), dates)).isEqualTo("{2026-02-03}");
    }

    @Test
    void numbersAndBytesPrintAsPostgresPrintsThem() {
        var decimal = new ValueType("bytes", "org.apache.kafka.connect.data.Decimal", 2, null);
        assertThat(ColumnText.of(new BigDecimal("12.50"), decimal)).isEqualTo("12.50");
        assertThat(ColumnText.of("BOI=", decimal)).isEqualTo("12.50");
        assertThat(ColumnText.of(new BigDecimal("1E+20"), decimal)).isEqualTo("100000000000000000000");
        assertThat(ColumnText.of(new byte[] {0, -1}, ValueType.UNKNOWN)).isEqualTo("\\x00ff");
        assertThat(ColumnText.of(true, ValueType.UNKNOWN)).isEqualTo("true");
    }

    @Test
    void placeholdersAreNoValues() {
        var text = new ValueType("string", ValueType.TEXT, 0, null);
        assertThat(ColumnText.of(Placeholders.UNCHANGED, text)).isSameAs(Row.UNAVAILABLE);
        assertThat(ColumnText.of(Placeholders.ABSENT, text)).isSameAs(ColumnText.ABSENT);
        assertThat(ColumnText.of(Placeholders.DEBEZIUM, text)).isEqualTo(Placeholders.DEBEZIUM);
        assertThat(ColumnText.of(Placeholders.DEBEZIUM, ValueType.UNKNOWN)).isSameAs(Row.UNAVAILABLE);
        assertThat(ColumnText.of("X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==", ValueType.UNKNOWN))
                .isSameAs(Row.UNAVAILABLE);
        assertThat(ColumnText.of(List.of(Placeholders.DEBEZIUM), ValueType.UNKNOWN))
                .isSameAs(Row.UNAVAILABLE);
        assertThat(ColumnText.of(
                        Placeholders.DEBEZIUM.chars().mapToObj(c -> (long) c).toList(), ValueType.UNKNOWN))
                .isSameAs(Row.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.debezium.time.Date",
                "io.debezium.time.MicroTime",
                "io.debezium.time.ZonedTimestamp",
                "org.apache.kafka.connect.data.Decimal"
            })
    void aValueThatIsNoneOfItsTypeIsNotTold(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnText.of("hunter2!", logical(type)))
                .withMessage("is no " + type);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnText.of("", logical(type)))
                .withMessage("is no " + type);
    }

    @Test
    void aTimeBeyondTheDayIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnText.of(90_000_000_000L, logical("io.debezium.time.MicroTime")))
                .withMessage("is no io.debezium.time.MicroTime");
    }
}
