// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("memory")
class BackoffTest {
    private static final RandomGenerator LONGEST = new Chance(1);
    private static final RandomGenerator SHORTEST = new Chance(0);

    /** Returns the smallest or the greatest possible number. */
    private record Chance(int greatest) implements RandomGenerator {
        @Override
        public long nextLong(long bound) {
            return greatest * (bound - 1);
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("expected to be asked for a number below a bound");
        }
    }

    @Test
    void pausesDoubleUpToTheCap() {
        assertThat(pauses(backoff(LONGEST), 7)).containsExactly(200L, 400L, 800L, 1600L, 2000L, 2000L, 2000L);
    }

    @Test
    void chanceCutsNoMoreThanHalfOfAPause() {
        assertThat(pauses(backoff(SHORTEST), 6)).containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    }

    @Test
    void twoThatFailTogetherDoNotTryAgainTogether() {
        Stream<Long> first = IntStream.range(0, 20)
                .mapToObj(seed -> backoff(new Random(seed)).pause().toMillis());
        assertThat(first.distinct().count()).isGreaterThan(10);
    }

    @Test
    void afterAResetPausesAreShortAgain() {
        Backoff backoff = backoff(LONGEST);
        pauses(backoff, 5);
        backoff.reset();
        assertThat(pauses(backoff, 2)).containsExactly(200L, 400L);
    }

    private static Backoff backoff(RandomGenerator random) {
        return new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2), random);
    }

    private static List<Long> pauses(Backoff backoff, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> backoff.pause().toMillis())
                .toList();
    }
}
