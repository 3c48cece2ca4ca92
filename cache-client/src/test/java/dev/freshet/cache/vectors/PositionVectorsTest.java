// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cache.WalPosition;
import dev.freshet.protocol.Lsn;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code clients/vectors/positions.json}. */
class PositionVectorsTest {
    private final JsonNode vectors = Vectors.of("positions");

    PositionVectorsTest() throws IOException {}

    @TestFactory
    Stream<DynamicTest> parses() {
        return Vectors.tests(vectors.get("parsed"), one -> {
            var position = WalPosition.of(Vectors.text(one, "text"));
            assertThat(position).hasToString(Vectors.text(one, "printed"));
            assertThat(position.lsn()).isEqualTo(Vectors.text(one, "lsn"));
            assertThat(position.system()).isEqualTo(Optional.ofNullable(Vectors.text(one, "system")));
            var lsn = Lsn.parse(position.lsn());
            assertThat(lsn.high()).isEqualTo(one.get("high").asLong());
            assertThat(lsn.low()).isEqualTo(one.get("low").asLong());
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsNoPosition() {
        return Vectors.tests(
                vectors.get("refused"),
                one -> assertThatThrownBy(() -> WalPosition.of(one.asText()))
                        .isInstanceOf(IllegalArgumentException.class));
    }

    @TestFactory
    Stream<DynamicTest> tellsTheLaterOne() {
        return Vectors.tests(vectors.get("later"), pair -> {
            var one = WalPosition.of(Vectors.text(pair, "one"));
            var other = WalPosition.of(Vectors.text(pair, "other"));
            String later = Vectors.text(pair, "later");
            if (later == null) {
                assertThatThrownBy(() -> one.max(other)).isInstanceOf(IllegalArgumentException.class);
            } else {
                assertThat(one.max(other)).hasToString(later);
            }
        });
    }
}
