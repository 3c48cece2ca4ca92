// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureCauseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "57P01", "57P03", "57014", "53300", "53200", "55006", "55P03", "40001", "28P01", "42501", ""
            })
    void whatMayEndByItselfOrByARightIsPassing(String state) {
        assertThat(FailureCause.isPassing(new RuntimeException(new SQLException("x", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22021", "22P05", "22P02", "42703", "42P01", "42883", "XX000", "XX001", "54000", "0A000", "P0001",
                "58P01"
            })
    void whatPostgresSaysAgainIsNot(String state) {
        assertThat(FailureCause.isPassing(new RuntimeException(new SQLException("x", state))))
                .isFalse();
    }

    @Test
    void aBrokenConnectionIsPassingAndABrokenDecoderIsNot() {
        assertThat(FailureCause.isPassing(new RuntimeException(new EOFException())))
                .isTrue();
        assertThat(FailureCause.isPassing(new RuntimeException(new NullPointerException())))
                .isFalse();
        assertThat(FailureCause.isPassing(new RuntimeException(new OutOfMemoryError())))
                .isFalse();
    }

    @Test
    void noMessageThatMayQuoteAValueIsTold() {
        assertThat(FailureCause.in(new SQLException("invalid input syntax: \"secret\"", "22P02")))
                .isEqualTo("PostgreSQL cannot read or convert a value (SQLSTATE 22P02)");
        assertThat(FailureCause.in(new RuntimeException("secret", new NumberFormatException("secret"))))
                .isEqualTo("it cannot be decoded (NumberFormatException)");
    }

    @Test
    void everyCauseIsToldInWords() {
        assertThat(FailureCause.in(new RuntimeException(new EOFException()))).isEqualTo("the connection was closed");
        assertThat(FailureCause.in(new SQLException("x", "08001", new UnknownHostException("db"))))
                .isEqualTo("the host db is not known");
        assertThat(FailureCause.in(new SQLException(
                        "The connection attempt failed.", "08001", new NoRouteToHostException("No route to host"))))
                .isEqualTo("NoRouteToHostException: No route to host");
        assertThat(FailureCause.in(new SQLException(null, (String) null))).isNotBlank();
        assertThat(FailureCause.in(new RuntimeException(new OutOfMemoryError("Java heap space"))))
                .isEqualTo("it does not fit into memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"28000", "28P01", "3D000", "42501", "25006"})
    void whatAPersonMustMendSaysHow(String state) {
        assertThat(FailureCause.shortcoming(new SQLException("refused", state))
                        .orElseThrow()
                        .remedy())
                .isNotEmpty();
        assertThat(FailureCause.shortcoming(new SQLException("refused", "57P03")))
                .isEmpty();
    }
}
