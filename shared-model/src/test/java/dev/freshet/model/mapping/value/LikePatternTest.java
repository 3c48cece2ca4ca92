// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is like what. The results are those of PostgreSQL. */
class LikePatternTest {
    private static boolean isLike(String value, String pattern) {
        return LikePattern.of(pattern).orElseThrow().matches(value);
    }

    @ParameterizedTest
    @CsvSource({
        "abc,abc,true",
        "abc,ABC,false",
        "abc,a%,true",
        "abc,%c,true",
        "abc,%b%,true",
        "abc,a_c,true",
        "abc,a_,false",
        "abc,___,true",
        "abc,____,false",
        "abc,%%%,true",
        "abc,%_%_%,true",
        "'',%,true",
        "'',_,false",
        "'','',true",
        "a,'',false",
        "aab,%ab,true",
        "abab,%ab,true",
        "ababx,%ab,false",
        "mississippi,m%iss%ip%,true",
        "mississippi,m%iss%iss%iss%,false",
        "50%,50\\%,true",
        "500,50\\%,false",
        "a_c,a\\_c,true",
        "abc,a\\_c,false",
        "a\\c,a\\\\c,true",
        "abc,\\a\\b\\c,true",
        "x.y,x.y,true",
        "xzy,x.y,false",
        "😀b,_b,true",
        "é,_,true",
    })
    void isAsInPostgres(String value, String pattern, boolean expected) {
        assertThat(isLike(value, pattern)).isEqualTo(expected);
    }

    @Test
    void aLineBreakIsACharacterLikeOthers() {
        assertThat(isLike("a\nb", "a_b")).isTrue();
        assertThat(isLike("a\nb", "%b")).isTrue();
    }

    @Test
    void aBackslashAtTheEndMeansNothing() {
        assertThat(LikePattern.of("a\\")).isEmpty();
        assertThat(LikePattern.of("a\\\\")).isPresent();
    }

    @Test
    void manyStarsTakeNoLongerThanOne() {
        assertThat(isLike("a".repeat(20_000), "%a".repeat(30) + "%b")).isFalse();
    }
}
