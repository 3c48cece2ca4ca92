// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void everyKeyHasTheSameChance() {
        var taken = new int[100];
        var random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            var sample = new Sample(10, random);
            for (int i = 0; i < taken.length; i++) {
                sample.add(Integer.toString(i));
            }
            assertThat(sample.chosen()).hasSize(10).doesNotHaveDuplicates();
            sample.chosen().forEach(key -> taken[Integer.parseInt(key)]++);
        }
        // 200 each, with a deviation of about 13.
        assertThat(Arrays.stream(taken)).allMatch(count -> count > 120 && count < 280);
    }

    @Test
    void fewKeysAreAllTaken() {
        var sample = new Sample(10, new Random(7));
        sample.add("a");
        sample.add("b");
        sample.add("a");
        assertThat(sample.chosen()).containsExactly("a", "b");
    }
}
