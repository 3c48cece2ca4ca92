// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private long now = Long.MAX_VALUE - 5;
    private final CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofNanos(10), () -> now);

    @Test
    void opensAfterThreeTimeoutsInARow() {
        breaker.timedOut();
        breaker.timedOut();
        assertThat(breaker.permits()).isTrue();
        breaker.timedOut();
        assertThat(breaker.permits()).isFalse();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void anAnswerInBetweenStartsTheCountAnew() {
        breaker.timedOut();
        breaker.timedOut();
        breaker.answered();
        breaker.timedOut();
        assertThat(breaker.permits()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void letsOneProbeThroughAfterEachPause() {
        open();
        now += 10;
        assertThat(breaker.permits()).isTrue();
        assertThat(breaker.permits()).isFalse();
        assertThat(breaker.timedOut()).isTrue();
        now += 9;
        assertThat(breaker.permits()).isFalse();
        now += 1;
        assertThat(breaker.permits()).isTrue();
    }

    @Test
    void aProbeThatIsAnsweredClosesIt() {
        open();
        now += 10;
        assertThat(breaker.permits()).isTrue();
        breaker.answered();
        assertThat(breaker.permits()).isTrue();
        assertThat(breaker.permits()).isTrue();
    }

    @Test
    void tellsAProbesTimeoutFromThatOfCallsWhichWereUnderWay() {
        open();
        assertThat(breaker.timedOut()).isFalse();
        now += 10;
        assertThat(breaker.permits()).isTrue();
        assertThat(breaker.timedOut()).isTrue();
        assertThat(breaker.timedOut()).isFalse();
    }

    private void open() {
        for (int i = 0; i < 3; i++) {
            assertThat(breaker.timedOut()).isFalse();
        }
    }
}
