// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogateKeyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stock:1:7        | stock:1:7        | stock:1:7
            a b              | a%20b            | a%20b
            a,b              | a%2Cb            | a%2Cb
            task:a%20b       | task:a%20b       | task:a%2520b
            café             | caf%C3%A9        | caf%C3%A9
            !weather:berlin  | !weather:berlin  | %21weather:berlin
            task:7/inherited | task:7/inherited | task:7/inherited
            a?b#c*d          | a?b#c*d          | a%3Fb%23c%2Ad
            {k}"\\           | {k}"\\           | %7Bk%7D%22%5C
            """)
    void staysAsItIsWhereItCan(String name, String inHeader, String inUrl) {
        assertThat(PurgeKind.FASTLY.keyOf(name)).isEqualTo(inHeader);
        assertThat(PurgeKind.NGINX.keyOf(name)).isEqualTo(inUrl);
    }

    @ParameterizedTest
    @CsvSource({"0, %00", "9, %09", "10, %0A", "13, %0D", "32, %20", "127, %7F"})
    void noControlCharacterReachesAHeader(int character, String expected) {
        for (PurgeKind kind : PurgeKind.values()) {
            assertThat(kind.keyOf("a" + (char) character + "b")).isEqualTo("a" + expected + "b");
        }
    }
}
