// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("memory")
class ConfirmationTest {
    private final StringWriter told = new StringWriter();
    private final PrintWriter err = new PrintWriter(told, true);

    @ParameterizedTest
    @CsvSource({"y, true", "Yes, true", "' y ', true", "n, false", "'', false", "maybe, false", ", false"})
    void onlyAYesIsOne(String answer, boolean given) {
        var confirmation = new Confirmation(false, Optional.of(question -> {
            assertThat(question).isEqualTo("Evict this? [y/N] ");
            return answer;
        }));
        assertThat(confirmation.given("Evict this", err)).isEqualTo(given);
        assertThat(told.toString().contains("Nothing was deleted")).isNotEqualTo(given);
    }

    @Test
    void whereNobodyCanBeAskedTheOptionIsNamed() {
        assertThat(new Confirmation(false, Optional.empty()).given("Evict this", err))
                .isFalse();
        assertThat(told.toString()).contains("--yes");
    }

    @Test
    void confirmedInAdvanceNobodyIsAsked() {
        var confirmation = new Confirmation(true, Optional.of(question -> {
            throw new AssertionError("asked");
        }));
        assertThat(confirmation.given("Evict this", err)).isTrue();
    }
}
