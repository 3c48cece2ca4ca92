// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogStateTest {
    @ParameterizedTest
    @ValueSource(strings = {"p", "none", "p.c.f", "a.b"})
    void itsTextIsReadBack(String text) {
        assertThat(CatalogState.parse(text)).hasToString(text);
    }

    /** A position that an earlier version wrote has the publication alone. */
    @Test
    void whatIsNotKnownIsNotTakenForRewritten() {
        CatalogState now = CatalogState.parse("p.c.f");
        CatalogState before = CatalogState.parse("p");
        assertThat(now.rewrittenSince(before)).isFalse();
        assertThat(now.publishesAs(before)).isTrue();
    }
}
