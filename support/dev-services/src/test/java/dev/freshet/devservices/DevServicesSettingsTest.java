// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.backend.DevServicesException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevServicesSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "FRESHET_DEV_SERVICES, podman, FRESHET_DEV_SERVICES is podman",
        "FRESHET_DOCKER_PULL_SECONDS, soon, FRESHET_DOCKER_PULL_SECONDS is soon",
        "FRESHET_DOCKER_PULL_SECONDS, -1, FRESHET_DOCKER_PULL_SECONDS is -1"
    })
    void whatCannotBeIsRefused(String name, String value, String told) {
        assertThatThrownBy(() -> DevServices.requireSettings(Map.of(name, value)))
                .isInstanceOf(DevServicesException.class)
                .hasMessageStartingWith(told + ", expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "local", "Local", " "})
    void whatIsKnownIsNot(String choice) {
        assertThatCode(() -> DevServices.requireSettings(Map.of("FRESHET_DEV_SERVICES", choice)))
                .doesNotThrowAnyException();
    }

    @Test
    void howLongAPullMayTakeIsANumberOfSeconds() {
        assertThat(DevServices.pullPatience(null)).isEqualTo(Duration.ofSeconds(60));
        assertThat(DevServices.pullPatience("5")).isEqualTo(Duration.ofSeconds(5));
        assertThatThrownBy(() -> DevServices.pullPatience("1m")).hasMessageContaining("expected a number of seconds");
    }

    @Test
    void nothingNeedBeGiven() {
        assertThatCode(() -> DevServices.requireSettings(Map.of())).doesNotThrowAnyException();
    }
}
