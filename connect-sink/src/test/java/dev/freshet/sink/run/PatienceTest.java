// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.cache.EvictorStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PatienceTest {
    private static final EvictorStatus GOOD = new EvictorStatus(false, null, Instant.EPOCH);

    private volatile EvictorStatus redis = GOOD;
    private final Patience patience = new Patience(
            "patience-test", () -> redis, Duration.ofMillis(100), Duration.ofMillis(300), Clock.systemUTC());
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        patience.close();
    }

    private Integer count() {
        return begun.incrementAndGet();
    }

    private Integer countAndWait() throws InterruptedException {
        int count = begun.incrementAndGet();
        end.await();
        return count;
    }

    @Test
    void oneTimeIsForAllThatIsDoneBetweenTwoPolls() throws InterruptedException {
        patience.polled();
        assertThatExceptionOfType(PutOffException.class)
                .isThrownBy(() -> patience.run("slow", this::countAndWait))
                .withMessageContaining("batch.timeout.ms");
        end.countDown();
        assertThatExceptionOfType(PutOffException.class)
                .isThrownBy(() -> patience.run("count", this::count))
                .withMessageContaining("batch.timeout.ms");
        assertThat(begun).hasValue(1);
        patience.polled();
        assertThat(patience.run("count", this::count)).isEqualTo(2);
    }

    @Test
    void workGoesOnAndTheNextWaitsForItsEnd() throws InterruptedException {
        patience.polled();
        assertThatExceptionOfType(PutOffException.class).isThrownBy(() -> patience.run("slow", this::countAndWait));
        patience.polled();
        assertThatExceptionOfType(PutOffException.class).isThrownBy(() -> patience.run("count", this::count));
        assertThat(begun).hasValue(1);
        end.countDown();
        patience.polled();
        assertThat(patience.run("count", this::count)).isEqualTo(2);
    }

    /** Else a batch that takes longer than a poll may take would be done again and again. */
    @Test
    void whoAsksForTheSameGetsWhatWasDone() throws InterruptedException {
        patience.polled();
        assertThatExceptionOfType(PutOffException.class).isThrownBy(() -> patience.run("slow", this::countAndWait));
        end.countDown();
        patience.polled();
        assertThat(patience.run("slow", this::countAndWait)).isEqualTo(1);
        assertThat(patience.run("slow", this::countAndWait)).as("it was taken").isEqualTo(2);
    }

    @Test
    void aRedisThatRefusesIsNotWaitedForAllTheTime() {
        redis = new EvictorStatus(true, "OOM command not allowed", Instant.EPOCH);
        patience.polled();
        assertThatExceptionOfType(PutOffException.class)
                .isThrownBy(() -> patience.run("slow", this::countAndWait))
                .withMessageContaining("OOM command not allowed");
    }

    /** A retry would hide it: it must end the task. */
    @Test
    void errorsPass() {
        patience.polled();
        assertThatThrownBy(() -> patience.run("fails", () -> {
                    throw new NoClassDefFoundError("gone");
                }))
                .isInstanceOf(NoClassDefFoundError.class);
        assertThatThrownBy(() -> patience.run("fails", () -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void errorsOfWorkThatNobodyWaitedForPassToo() throws InterruptedException {
        patience.polled();
        assertThatExceptionOfType(PutOffException.class)
                .isThrownBy(() -> patience.run("fails", () -> {
                    end.await();
                    throw new StackOverflowError();
                }));
        end.countDown();
        patience.polled();
        assertThatThrownBy(() -> patience.run("count", this::count)).isInstanceOf(StackOverflowError.class);
        assertThat(begun).hasValue(0);
        assertThat(patience.run("count", this::count)).isEqualTo(1);
    }
}
