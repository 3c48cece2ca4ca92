// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyNamesTest {
    @Test
    void keyTellsItsRow() {
        assertThat(KeyNames.PLAIN.key(7)).isEqualTo("item:7");
        assertThat(KeyNames.PLAIN.id("item:7")).isEqualTo(7);
        assertThat(KeyNames.TAGGED.key(7)).isEqualTo("bench:{~}:item:7:own");
        assertThat(KeyNames.TAGGED.id("bench:{~}:item:7:own")).isEqualTo(7);
    }

    @Test
    void otherKeysTellNone() {
        assertThat(KeyNames.PLAIN.id("bench:~position")).isZero();
        assertThat(KeyNames.PLAIN.id("item:")).isZero();
        assertThat(KeyNames.TAGGED.id("bench:{~}:~tag:item:7")).isZero();
    }
}
