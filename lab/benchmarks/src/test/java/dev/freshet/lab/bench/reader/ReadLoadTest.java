// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ReadLoadTest {
    /** Where a machine is too busy for any read in the time given, a way to read was measured as no reads at all. */
    @Test
    void eachThreadReadsOnceAtLeast() throws Exception {
        Set<Long> numbers = ConcurrentHashMap.newKeySet();
        Reads reads = number -> {
            numbers.add(number);
            return new byte[0];
        };
        var done = ReadLoad.run(reads, 8, Duration.ZERO);
        assertThat(numbers).contains(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(done.reads()).isGreaterThanOrEqualTo(8).isEqualTo(numbers.size());
        assertThat(done.sampledNanos().getTotalCount()).isGreaterThanOrEqualTo(8);
    }
}
