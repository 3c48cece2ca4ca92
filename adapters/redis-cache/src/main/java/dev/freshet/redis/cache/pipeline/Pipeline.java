// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.pipeline;

import dev.freshet.core.cache.EvictorStatus;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.answer.Causes;
import dev.freshet.redis.answer.RedisFailures;
import io.lettuce.core.RedisException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends steps with a bounded number in flight, and repeats each until Redis accepts it. Every failure is retried,
 * because a lost eviction would be a stale read. Usable from several threads.
 */
public final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final int UNANSWERED_UNTIL_RENEWED = 3;

    private final RedisLink<byte[], byte[]> link;
    private final Limits limits;
    private final Clock clock;
    private final Runnable onRetry;
    private final Causes causes = new Causes();
    private final EvictorStatus untried;
    private volatile EvictorStatus status;

    public Pipeline(RedisLink<byte[], byte[]> link, Limits limits, Clock clock, Runnable onRetry) {
        this.link = link;
        this.limits = limits;
        this.clock = clock;
        this.onRetry = onRetry;
        this.untried = new EvictorStatus(false, null, clock.instant());
        this.status = untried;
    }

    public EvictorStatus status() {
        return status;
    }

    /** Runs one step, and the steps that follow from it. */
    public void run(Step<?> step) throws InterruptedException {
        run(Collections.<Step<?>>singleton(step).iterator());
    }

    /** Runs all steps, in order but with several in flight at once. Returns when Redis has accepted all of them. */
    public void run(Iterator<? extends Step<?>> steps) throws InterruptedException {
        var underWay = new ArrayDeque<Sent<?>>(limits.window());
        var next = new ArrayDeque<Step<?>>();
        int failures = 0;
        while (true) {
            while (underWay.size() < limits.window() && (!next.isEmpty() || steps.hasNext())) {
                Step<?> step = next.isEmpty() ? steps.next() : next.poll();
                underWay.add(send(step));
            }
            if (underWay.isEmpty()) {
                return;
            }
            Throwable failure = underWay.poll().finish(next);
            if (failure == null) {
                failures = 0;
                ready();
                continue;
            }
            while (!underWay.isEmpty()) {
                underWay.poll().finish(next);
            }
            if (++failures % UNANSWERED_UNTIL_RENEWED == 0 && !RedisFailures.isNoRight(failure)) {
                link.renew();
            }
            failed(reason(failure), failures);
        }
    }

    private <A> Sent<A> send(Step<A> step) throws InterruptedException {
        try {
            link.open(limits.commandTimeout());
            if (link.isClosed()) {
                throw new IllegalStateException("the evictor is closed");
            }
            var answer = step.send(link.commands()).toCompletableFuture();
            answer.whenComplete((accepted, failure) -> link.renewAfter(failure));
            return new Sent<>(step, answer);
        } catch (RedisException e) {
            return new Sent<>(step, CompletableFuture.failedFuture(e));
        }
    }

    /** A step that was sent and whose answer is awaited. */
    private record Sent<A>(Step<A> step, CompletableFuture<A> answer) {
        /** Waits for the answer, and adds what is left to do to the queue. Returns the failure, or null. */
        private Throwable finish(ArrayDeque<Step<?>> next) throws InterruptedException {
            try {
                // The link's timeout ends the wait long before this bound.
                Step<?> left = step.accept(answer.get(1, TimeUnit.MINUTES));
                if (left != null) {
                    next.addFirst(left);
                }
                return null;
            } catch (TimeoutException | CancellationException e) {
                next.addFirst(step);
                return e;
            } catch (ExecutionException e) {
                // Whatever it is (an error reply, a timeout, a socket that broke), only Redis can have caused it.
                next.addFirst(step);
                return e.getCause();
            }
        }
    }

    private String reason(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof CancellationException
                ? "no answer"
                : RedisFailures.describe(failure, link.address().user());
    }

    private void ready() {
        var standing = status;
        if (standing.waiting() || standing == untried) {
            status = new EvictorStatus(false, null, clock.instant());
            causes.clear();
            LOG.info("Redis at {} accepts evictions", link);
        }
    }

    private void failed(String reason, int failures) throws InterruptedException {
        onRetry.run();
        var standing = status;
        if (causes.isNews(reason)) {
            LOG.warn("waiting for Redis at {}: {}", link, reason);
        }
        status = new EvictorStatus(true, reason, standing.waiting() ? standing.since() : clock.instant());
        long cap = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
        TimeUnit.MILLISECONDS.sleep(cap / 2 + ThreadLocalRandom.current().nextLong(cap / 2 + 1));
    }
}
