// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.meaning.Meaning;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("memory")
class InstanceLabelTest {
    private static final InstanceLabel SHOP = new InstanceLabel("0123456789ab", "shop");

    @ParameterizedTest
    @ValueSource(strings = {"shop", "a", "a-namespace-that-is-too-long-for-the-name-of-a-connection-in-postgresql"})
    void isReadAsPostgresKeepsIt(String namespace) {
        var label = InstanceLabel.of(new Meaning(1, namespace, List.of(), List.of(), List.of()));
        String name = "freshet " + label.purpose();
        assertThat(name.length()).isLessThanOrEqualTo(63);
        assertThat(InstanceLabel.read(name)).contains(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "freshet control", "freshet control shop", "psql", "freshet lookups"})
    void whatSaysNothingIsNone(String name) {
        assertThat(InstanceLabel.read(name)).isEmpty();
    }

    @Test
    void aStandbyHasTheSameMappingAndNamespace() {
        assertThat(SHOP.refusal(SHOP, "s", false)).isEmpty();

        var mapping = new InstanceLabel("ba9876543210", "shop");
        assertThat(SHOP.refusal(mapping, "s", false).orElseThrow())
                .contains("slot s", "0123456789ab", "ba9876543210", "--take-over");
        assertThat(SHOP.refusal(mapping, "s", true)).isEmpty();

        var namespace = new InstanceLabel("0123456789ab", "mall");
        assertThat(SHOP.refusal(namespace, "s", false).orElseThrow()).contains("shop", "mall", "--slot");
        assertThat(SHOP.refusal(namespace, "s", true)).isPresent();
    }
}
