// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessUsageTest {
    private static final String STAT =
            "4711 (java) (x) R) S 1 4711 4711 0 -1 4194560 77 0 3 0 1250 34 9 8 20 0 30 0 999 1 2 3";
    private static final String STATUS = """
            Name:\tjava
            VmPeak:\t 4000000 kB
            VmHWM:\t  204800 kB
            VmRSS:\t  102400 kB
            """;

    @Test
    void cpuIsUserAndKernelTime() {
        assertThat(ProcessUsage.parse(STAT, STATUS).cpuSeconds()).isEqualTo(12.84);
    }

    @Test
    void memoryIsWhatIsResident() {
        var usage = ProcessUsage.parse(STAT, STATUS);
        assertThat(usage.residentMiB()).isEqualTo(100);
        assertThat(usage.peakResidentMiB()).isEqualTo(200);
    }

    @Test
    void processThatEndedHasNone() {
        assertThatThrownBy(() -> ProcessUsage.parse(STAT, "Name:\tjava\n")).hasMessageContaining("VmRSS");
    }
}
