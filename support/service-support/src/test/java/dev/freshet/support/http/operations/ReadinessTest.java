// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger probes = new AtomicInteger();

    @Test
    void probesOnceASecond() {
        var readiness = new Readiness(List.of(ReadinessCheck.required("database", this::count)), now::get);
        readiness.state();
        now.set(999_999_999);
        readiness.state();
        assertThat(probes).hasValue(1);
        now.set(1_000_000_000);
        readiness.state();
        assertThat(probes).hasValue(2);
    }

    @Test
    void givesTheLastAnswerWhileAnotherThreadProbes() throws Exception {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var readiness = new Readiness(
                List.of(ReadinessCheck.required("database", () -> {
                    if (probes.incrementAndGet() == 1) {
                        return Optional.empty();
                    }
                    entered.countDown();
                    leave.await();
                    return Optional.of("does not answer");
                })),
                now::get);
        readiness.state();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        var slow = CompletableFuture.supplyAsync(readiness::state);
        entered.await();
        assertThat(readiness.state().ready()).isTrue();
        leave.countDown();
        assertThat(slow.get().ready()).isFalse();
        assertThat(readiness.state().parts()).containsEntry("database", "down: does not answer");
    }

    private Optional<String> count() {
        probes.incrementAndGet();
        return Optional.empty();
    }
}
