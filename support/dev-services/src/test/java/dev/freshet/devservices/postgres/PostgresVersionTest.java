// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.backend.DevServicesException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresVersionTest {
    @Test
    void fourteenToEighteenCanBeChosen() {
        assertThat(PostgresVersion.of("14")).contains(14);
        assertThat(PostgresVersion.of("18")).contains(18);
        assertThat(PostgresVersion.of(null)).isEmpty();
        assertThat(PostgresVersion.of(" ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "19", "14.20", "newest", "-1"})
    void othersAreRefusedByName(String choice) {
        assertThatThrownBy(() -> PostgresVersion.of(choice))
                .isInstanceOf(DevServicesException.class)
                .hasMessageContaining(choice)
                .hasMessageContaining("14 to 18");
    }
}
