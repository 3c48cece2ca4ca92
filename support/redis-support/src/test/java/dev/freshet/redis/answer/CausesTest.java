// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CausesTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Causes causes = new Causes(now::get);

    @Test
    void aCauseIsNewsWhenItIsAnother() {
        assertThat(causes.isNews("refused")).isTrue();
        assertThat(causes.isNews("refused")).isFalse();
        assertThat(causes.isNews("wrong password")).isTrue();
        assertThat(causes.isNews("wrong password")).isFalse();
    }

    @Test
    void causesThatTakeTurnsAreToldOnceAMinute() {
        assertThat(causes.isNews("a")).isTrue();
        assertThat(causes.isNews("b")).isTrue();
        assertThat(causes.isNews("a")).isFalse();
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(causes.isNews("b")).isFalse();
        assertThat(causes.isNews("a")).isTrue();
    }

    @Test
    void anotherOutageBeginsAnew() {
        assertThat(causes.isNews("a")).isTrue();
        causes.clear();
        assertThat(causes.isNews("a")).isTrue();
    }
}
