// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtagsTest {
    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", " * ", "W/\"3\"", "\"1\", \"3\"", "\"1\",W/\"3\""})
    void findsTheTag(String header) {
        assertThat(Etags.matches(header, "\"3\"")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "\"33\"", "\"1\", \"4\"", "\"*\""})
    void doesNotFindOthers(String header) {
        assertThat(Etags.matches(header, "\"3\"")).isFalse();
    }

    @Test
    void matchesNothingWithoutAHeader() {
        assertThat(Etags.matches(null, "\"3\"")).isFalse();
    }
}
