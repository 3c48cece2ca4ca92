// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.answer;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers of Redis, where somebody asks one thing after the other. */
public final class Answers {
    private Answers() {}

    /**
     * The answer.
     *
     * @param commandTimeout of the link, which fires first
     * @throws NoAnswerException if there is none in time, or Redis refuses
     */
    public static <T> T await(CompletionStage<T> answer, Duration commandTimeout)
            throws NoAnswerException, InterruptedException {
        try {
            return answer.toCompletableFuture().get(2 * commandTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NoAnswerException(RedisFailures.describe(e), e.getCause());
        } catch (TimeoutException e) {
            throw new NoAnswerException("no answer", e);
        }
    }
}
