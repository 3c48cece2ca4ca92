// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WalBudgetTest {
    private static final OptionalLong NO_LIMIT = OptionalLong.empty();

    private final AtomicLong time = new AtomicLong();
    private final WalBudget budget = new WalBudget(time::get);

    @Test
    void isUnknownUntilTheSlotWasLookedAt() {
        assertThat(budget.safeBytes()).isNaN();
        assertThat(budget.secondsUntilFull()).isNaN();
        assertThat(budget.isLimited()).isEmpty();
        assertThat(budget.isCurrent()).isFalse();
    }

    /** That there is no limit matters most when nobody looks at the slot any more. */
    @Test
    void whetherThereIsALimitIsRememberedWhenTheSlotIsNotLookedAtAnyMore() {
        budget.seen(NO_LIMIT, 1_000);
        assertThat(budget.isCurrent()).isTrue();
        pass(61);
        assertThat(budget.isCurrent()).isFalse();
        assertThat(budget.isLimited()).hasValue(false);
        budget.seen(OptionalLong.of(10_000), 2_000);
        assertThat(budget.isLimited()).hasValue(true);
    }

    @Test
    void theRateOfTheLastMinutesTellsWhenItIsFull() {
        budget.seen(OptionalLong.of(10_000), 1_000);
        pass(10);
        budget.seen(OptionalLong.of(9_000), 2_000);
        assertThat(budget.safeBytes()).isEqualTo(9_000);
        assertThat(budget.secondsUntilFull()).isEqualTo(90);
        for (int i = 0; i < 60; i++) {
            pass(10);
            budget.seen(OptionalLong.of(9_000), 2_000);
        }
        assertThat(budget.secondsUntilFull()).as("nothing was written for long").isInfinite();
    }

    @Test
    void looksThatComeOftenAreNotAllRemembered() {
        for (int i = 0; i <= 100_000; i++) {
            budget.seen(OptionalLong.of(1_000_000), i);
            time.addAndGet(Duration.ofMillis(10).toNanos());
        }
        assertThat(budget.secondsUntilFull()).isBetween(9_990.0, 10_010.0);
    }

    @Test
    void withoutALimitItIsNeverFull() {
        budget.seen(NO_LIMIT, 1_000);
        pass(10);
        budget.seen(NO_LIMIT, 2_000);
        assertThat(budget.safeBytes()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(budget.secondsUntilFull()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void whatIsUsedUpIsFullNow() {
        budget.seen(OptionalLong.of(-5), 1_000);
        assertThat(budget.safeBytes()).isZero();
        assertThat(budget.secondsUntilFull()).isZero();
    }

    @Test
    void anInstanceThatNoLongerStreamsKnowsNothing() {
        budget.seen(OptionalLong.of(10_000), 1_000);
        pass(61);
        assertThat(budget.safeBytes()).isNaN();
        budget.seen(OptionalLong.of(10_000), 900_000);
        assertThat(budget.secondsUntilFull()).as("the rate begins anew").isInfinite();
    }

    @Test
    void anotherServerBeginsAnew() {
        budget.seen(OptionalLong.of(10_000), 900_000);
        pass(10);
        budget.seen(OptionalLong.of(10_000), 1_000);
        pass(10);
        budget.seen(OptionalLong.of(10_000), 2_000);
        assertThat(budget.secondsUntilFull()).isEqualTo(100);
    }

    private void pass(long seconds) {
        time.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
