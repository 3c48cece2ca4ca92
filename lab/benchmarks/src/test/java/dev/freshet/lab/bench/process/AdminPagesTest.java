// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AdminPagesTest {
    private static final String OTHERS = """
            # TYPE freshet_invalidator_stalls counter
            freshet_invalidator_stalls_total 3.0
            """;

    @Test
    void purgesOfAllReasonsAreAdded() {
        assertThat(AdminPages.purges(OTHERS + """
                freshet_invalidator_purges_total{reason="no-position"} 1.0
                freshet_invalidator_purges_total{reason="slot-ahead"} 2.0
                """)).isEqualTo(3);
    }

    @Test
    void noneWasCounted() {
        assertThat(AdminPages.purges(OTHERS)).isZero();
    }

    @Test
    void pageOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> AdminPages.purges("jvm_threads 7")).hasMessageContaining("freshet_invalidator_");
    }
}
