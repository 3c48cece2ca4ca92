// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresCpuTest {
    @Test
    void readsNameParentAndCpuOfAProcessAndItsEndedChildren() {
        var process =
                PostgresCpu.Process.parse("42 (a (b) c) S 7 42 42 0 -1 4194304 1 2 3 4 100 20 3 4 20 0 1 0 8000 1 2 3");
        assertThat(process).isEqualTo(new PostgresCpu.Process("a (b) c", 7, 127));
    }
}
