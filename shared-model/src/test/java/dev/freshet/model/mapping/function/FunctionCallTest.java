// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each function yields. The expected texts are those of PostgreSQL. */
class FunctionCallTest {
    private static final String BERLIN = "Europe/Berlin";

    private static List<String> of(String value, String function, String... arguments) {
        return FunctionCall.compose(List.of(new FunctionCall(function, List.of(arguments))))
                .of(value);
    }

    @Test
    void asciiLettersHaveOneOtherCase() {
        assertThat(of("Ada@Example.org", "lower")).containsExactly("ada@example.org");
        assertThat(of("I", "lower")).containsExactly("i");
        assertThat(of("a1_z", "UPPER")).containsExactly("A1_Z");
        assertThat(of("", "lower")).containsExactly("");
    }

    @Test
    void otherLettersHaveEachTextThatProgramsMayMake() {
        assertThat(of("ÉA", "lower")).containsExactlyInAnyOrder("éa", "Éa");
        assertThat(of("Straße", "upper")).containsExactlyInAnyOrder("STRASSE", "STRAßE");
        assertThat(of("ΣΑΣ", "lower")).contains("σας", "σασ", "ΣΑΣ");
        assertThat(of("İ", "lower")).contains("i̇", "i", "İ");
    }

    @Test
    void leftCountsCharactersAndNotUnitsOfUtf16() {
        assertThat(of("abc", "left", "2")).containsExactly("ab");
        assertThat(of("ab", "left", "2")).containsExactly("ab");
        assertThat(of("", "left", "2")).containsExactly("");
        assertThat(of("😀😀x", "left", "2")).containsExactly("😀😀");
    }

    @Test
    void md5IsOfTheTextInUtf8() {
        assertThat(of("", "md5")).containsExactly("d41d8cd98f00b204e9800998ecf8427e");
        assertThat(of("é", "md5")).containsExactly("66ddcd97cfdeabb2f6fb8a999b4bc76f");
        assertThat(of("É", "md5"))
                .allMatch(text ->
                        text.matches(new FunctionCall("md5", List.of()).form().orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-31 23:30:00+00,YYYY-MM,2024-12",
        "2024-12-31 23:30:00.123456+00,YYYY-MM-DD HH24:MI:SS,2024-12-31 23:30:00",
        "2024-02-29,YYYYMMDD,20240229",
        "2024-02-29,DDD,060",
        "2024-02-29 13:05:09,HH12.MI,01.05",
        "2024-02-29 00:05:09,HH12 HH24,12 00",
        "0044-03-15,YYYY/YY/Q,0044/44/1",
        "12024-10-01 00:00:00+00,YYYY Q,12024 4",
        "2024-12-30,IYYY-IW,2025-01",
        "2021-01-03,IYYY-IW,2020-53",
        "2024-05-06 07:08:09,YYYY\"T\"HH24,2024T07",
        "2024-05-06T07:08:09Z,YYYY-MM,2024-05",
        "2024-05-31 23:00:00-02,DD,01",
    })
    void formatWritesFieldsAsPostgresDoes(String value, String pattern, String expected) {
        assertThat(of(value, "format", pattern)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-31 22:59:59+00,2024-12-31 23",
        "2024-12-31 23:00:00+00,2025-01-01 00",
        "2024-06-30 22:00:00+00,2024-07-01 00",
        "2024-03-31 00:59:59+00,2024-03-31 01",
        "2024-03-31 01:00:00+00,2024-03-31 03",
        "2024-12-31 23:00:00,2025-01-01 00",
    })
    void aTimeStampIsConvertedToTheZoneAndCountsAsUtc(String value, String expected) {
        assertThat(of(value, "format", "YYYY-MM-DD HH24", BERLIN)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "infinity",
                "-infinity",
                "0044-03-15 BC",
                "0044-03-15 10:00:00+00 BC",
                "1714979289000000",
                "2024-13-01",
                "2024-02-30 10:00:00+00",
                "yesterday",
                ""
            })
    void whatProgramsPrintInManyWaysHasNoText(String value) {
        assertThat(of(value, "format", "YYYY-MM")).isEmpty();
        assertThat(of(value, "format", "YYYY-MM", BERLIN)).isEmpty();
    }

    @Test
    void aDateHasNoTextInAZone() {
        assertThat(of("2024-05-06", "format", "YYYY-MM", BERLIN)).isEmpty();
    }

    @Test
    void functionsApplyOneAfterTheOther() {
        var calls = List.of(new FunctionCall("lower", List.of()), new FunctionCall("left", List.of("1")));
        assertThat(FunctionCall.compose(calls).of("Ada")).containsExactly("a");
        assertThat(FunctionCall.compose(calls).of("Éa")).containsExactlyInAnyOrder("é", "É");
        var formatted = List.of(new FunctionCall("format", List.of("YYYY")), new FunctionCall("md5", List.of()));
        assertThat(FunctionCall.compose(formatted).of("infinity")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lower | 1 | function lower with a column and one argument; expected lower(column)",
                "left | | function left with only a column; expected left(column, length)",
                "left | 0 | length '0' of left; expected a whole number from 1",
                "left | x | length 'x' of left; expected a whole number from 1",
                "left | 99999999999 | length '99999999999' of left",
                "format | yyyy-mm | no field begins with 'yyyy-mm'; expected one of YYYY, YY, Q, MM",
                "format | YYYY-MMT | no field begins with 'T'",
                "format | - | pattern '-' has no field",
                "format | YYYY\"x | has no end",
                "reverse | | unknown function 'reverse'",
                "replace | a | function replace with a column and one argument; expected replace(column, 'text', 'other text')",
                "coalesce | | function coalesce with only a column; expected coalesce(column, 'text')",
            })
    void refusesOtherArguments(String name, String argument, String expected) {
        var call = new FunctionCall(name, argument == null ? List.of() : List.of(argument));
        assertThatThrownBy(call::compile).hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replace | '' | x | text '' of replace; expected at least one character",
                "split_part | '' | 1 | separator '' of split_part; expected at least one character",
                "split_part | , | 0 | number '0' of split_part; expected a whole number other than 0",
                "split_part | , | x | number 'x' of split_part; expected a whole number other than 0",
                "substring | 0 | 2 | from '0' of substring; expected a whole number from 1",
                "substring | 1 | 0 | length '0' of substring; expected a whole number from 1",
            })
    void refusesArgumentsThatMeanNothing(String name, String first, String second, String expected) {
        var call = new FunctionCall(name, List.of(first, second));
        assertThatThrownBy(call::compile).hasMessageContaining(expected);
    }

    /** The texts are those of PostgreSQL 14 and later. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a b c|replace|' '|-|a-b-c",
                "aaa|replace|aa|b|ba",
                "aXbx|replace|x|''|aXb",
                "''|replace|x|y|''",
                "ada@example.org|split_part|@|2|example.org",
                "a::b:c|split_part|::|1|a",
                "a,b,c|split_part|,|4|''",
                "a,b,c|split_part|,|-1|c",
                "a,b,c|split_part|,|-3|a",
                "a,b,c|split_part|,|-4|''",
                "abc|split_part|,|1|abc",
                "abc|split_part|,|-1|abc",
                "abc|split_part|,|2|''",
                "''|split_part|,|1|''",
                ",a|split_part|,|1|''",
                "aaa|split_part|aa|2|a",
                "abcdef|substring|2|3|bcd",
                "abcdef|substring|5|9|ef",
                "abcdef|substring|7|1|''",
                "abcdef|substring|2|2147483647|bcdef",
                "😀é😀b|substring|2|2|é😀",
            })
    void partsOfTextsAreThoseOfPostgres(String value, String name, String first, String second, String expected) {
        assertThat(of(value, name, first, second)).containsExactly(expected);
    }

    @Test
    void trimTakesSpacesAlone() {
        assertThat(of("  a b ", "trim")).containsExactly("a b");
        assertThat(of("\ta\n ", "trim")).containsExactly("\ta\n");
        assertThat(of("   ", "trim")).containsExactly("");
    }

    @Test
    void coalesceHasATextInPlaceOfNull() {
        var none = new FunctionCall("coalesce", List.of("None"));
        var lower = new FunctionCall("lower", List.of());
        assertThat(FunctionCall.compose(List.of(none)).of("a")).containsExactly("a");
        assertThat(FunctionCall.compose(List.of(none)).ofNull()).contains(List.of("None"));
        assertThat(FunctionCall.compose(List.of(none, lower)).ofNull()).contains(List.of("none"));
        assertThat(FunctionCall.compose(List.of(lower, none)).ofNull()).contains(List.of("None"));
        assertThat(FunctionCall.compose(List.of(lower)).ofNull()).isEmpty();
        assertThat(FunctionCall.compose(List.of()).ofNull()).isEmpty();
    }

    @Test
    void refusesUnknownZones() {

        assertThatThrownBy(new FunctionCall("format", List.of("YYYY", "Europe/Berlni"))::compile)
                .hasMessageContaining(
                        "unknown time zone 'Europe/Berlni'; expected a name such as UTC or Europe/Berlin");
    }
}
