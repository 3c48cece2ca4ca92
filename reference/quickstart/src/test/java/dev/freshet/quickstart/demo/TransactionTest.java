// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransactionTest {

    @Test
    void tellsWhatTheWalSaidAndWhatWentWhy() throws Exception {
        var transaction = new Transaction(new ObjectMapper().readTree("""
                        {"number": 57, "txId": 789, "position": "0/1A2B3C4", "rows": 1, "latencyMicros": 2130,
                         "changes": [{"table": "freshet.project_context", "operation": "update", "id": {"id": "3"},
                                      "columns": ["document", "version"]}],
                         "evictions": [{"kind": "tag", "isolate": "u1", "name": "project:3/inherited",
                                        "reason": "inherited", "operation": "update", "id": {"id": "3"}}],
                         "evictionCount": 2, "keysRemoved": 4}"""));

        assertThat(transaction.latency()).isEqualTo(Duration.ofNanos(2_130_000));
        assertThat(transaction.changes()).containsExactly("UPDATE freshet.project_context id=3: document, version");
        assertThat(transaction.reasons()).containsExactly("tag project:3/inherited  (inherited)");
        assertThat(transaction.keysRemoved()).isEqualTo(4);
    }
}
