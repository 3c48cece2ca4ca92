// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StampedeTest {
    @Test
    void eachRoundTakesExactlyOneLoadAndAllGetTheValue() {
        assertThat(new Stampede(500, 8, List.of(1L, 1L), 0).isOneLoad()).isTrue();
        assertThat(new Stampede(500, 8, List.of(1L, 2L), 0).isOneLoad()).isFalse();
        assertThat(new Stampede(500, 8, List.of(0L, 1L), 0).isOneLoad()).isFalse();
        assertThat(new Stampede(500, 8, List.of(1L, 1L), 1).isOneLoad()).isFalse();
    }
}
