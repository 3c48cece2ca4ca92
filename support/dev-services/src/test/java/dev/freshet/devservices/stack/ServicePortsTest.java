// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServicePortsTest {

    @Test
    void readsFivePorts() {
        assertThat(ServicePorts.parse("1, 2,3,0,65535")).isEqualTo(new ServicePorts(1, 2, 3, 0, 65535));
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> ServicePorts.parse("1,2,x,4,5")).hasMessageContaining("'x'");
        assertThatThrownBy(() -> ServicePorts.parse("1,2,70000,4,5")).hasMessageContaining("'70000'");
        assertThatThrownBy(() -> ServicePorts.parse("1,2,3")).hasMessageContaining("3 ports given, expected five");
    }
}
