// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractTest {
    @Test
    void aContractIsReadAsItWasWritten() {
        for (var coverage : List.of(Coverage.NONE, new Coverage(Set.of("a", "a/b", "c"), Set.of("c", "d")))) {
            var contract = new Contract("host:1", "c0ffee", coverage);
            assertThat(Contract.of(contract.fields())).contains(contract);
        }
        assertThat(Contract.of(Map.of("owner", "host:1", "mapping", "c0ffee"))).isEmpty();
        assertThat(Contract.of(Map.of("owner", "h", "mapping", "c", "covers", "a")))
                .isEmpty();
    }
}
