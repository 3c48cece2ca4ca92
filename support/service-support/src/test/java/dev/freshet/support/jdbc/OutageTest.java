// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "57P01", "57014", "58030"})
    void isWhatPasses(String state) {
        assertThat(Outage.isCauseOf(new IllegalStateException(new SQLException("x", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "42501", "22P02"})
    void isNotAStatementThatIsWrong(String state) {
        assertThat(Outage.isCauseOf(new IllegalStateException(new SQLException("x", state))))
                .isFalse();
    }

    @Test
    void isAlsoAConnectionThatThePoolHasClosedBecauseItBroke() {
        assertThat(Outage.isCauseOf(new IllegalStateException(new SQLException("Connection is closed"))))
                .isTrue();
    }

    @Test
    void isAlsoAPoolWithoutAConnection() {
        assertThat(Outage.isCauseOf(new IllegalStateException(new SQLTransientConnectionException())))
                .isTrue();
        assertThat(Outage.isCauseOf(new IllegalStateException(new SQLException("no state"))))
                .isFalse();
    }
}
