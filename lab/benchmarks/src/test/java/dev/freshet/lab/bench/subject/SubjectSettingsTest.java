// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SubjectSettingsTest {
    private static final SubjectSettings SETTINGS = new SubjectSettings(
            "jdbc:postgresql://localhost/x", "me", "hunter2", "redis://localhost", "slot", "publication", 7);

    @Test
    void processReadsWhatItWasGiven() {
        assertThat(SubjectSettings.of(SETTINGS.variables())).isEqualTo(SETTINGS);
    }

    @Test
    void missingVariableIsNamed() {
        assertThatThrownBy(() -> SubjectSettings.of(Map.of())).hasMessage("BENCH_JDBC_URL is not set");
    }

    @Test
    void passwordIsNotShown() {
        assertThat(SETTINGS.toString()).contains("slot").doesNotContain("hunter2");
    }
}
