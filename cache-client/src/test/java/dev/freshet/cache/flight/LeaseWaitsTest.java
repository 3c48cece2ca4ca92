// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.flight;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LeaseWaitsTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final LeaseWaits waits = new LeaseWaits();

    @Test
    @Timeout(60)
    void nobodyWaitsLongerThanItsPatience() throws Exception {
        var wait = waits.begin(Duration.ofMillis(20));
        int questions = 0;
        while (wait.goesOn("a", "lease of a")) {
            questions++;
        }
        assertThat(questions).isPositive();
        wait.end();
        assertThat(waits.isEmpty()).isTrue();
    }

    @Test
    void oneAsksForAllAndTheOthersFollow() throws Exception {
        var first = waits.begin(LONG);
        assertThat(first.goesOn("a", "lease of a")).isTrue();
        var followers = CompletableFuture.supplyAsync(() -> goesOn(waits.begin(LONG)));
        // It asks again as often as it likes: nobody follows before it ends.
        for (int i = 0; i < 5; i++) {
            assertThat(first.goesOn("a", "lease of a")).isTrue();
        }
        assertThat(followers).isNotDone();
        first.end();
        assertThat(followers.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoIsToldAsksAtOnceAndOfItsOwnKeyAlone() throws Exception {
        var told = waits.begin(LONG);
        assertThat(told.isFirst()).isTrue();
        assertThat(told.goesOn("a", "lease of a")).isTrue();
        assertThat(told.isFirst()).isFalse();
        // The pauses grow to 50 ms, give or take half: twenty of them that nobody cuts short take half a second at
        // least.
        for (int i = 0; i < 6; i++) {
            told.goesOn("a", "lease of a");
        }
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            waits.told(i % 2 == 0 ? "a" : "lease of a");
            told.goesOn("a", "lease of a");
        }
        long quick = System.nanoTime() - start;
        start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            waits.told("b");
            told.goesOn("a", "lease of a");
        }
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(500).toNanos());
        assertThat(quick).isLessThan(System.nanoTime() - start);
    }

    @Test
    void ofTwoKeysTheFormerIsLeftToOthers() throws Exception {
        var first = waits.begin(LONG);
        first.goesOn("a", "lease of a");
        var follower = CompletableFuture.supplyAsync(() -> goesOn(waits.begin(LONG)));
        await().atMost(PATIENCE).until(() -> {
            first.goesOn("b", "lease of b");
            return follower.isDone();
        });
        first.end();
    }

    private static boolean goesOn(LeaseWaits.Wait wait) {
        try {
            boolean again = wait.goesOn("a", "lease of a");
            wait.end();
            return again;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
