// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import dev.freshet.core.cache.EvictorStatus;
import dev.freshet.http.purge.provider.Purge;
import dev.freshet.http.purge.provider.PurgeKind;
import dev.freshet.http.purge.send.HttpSender;
import dev.freshet.http.purge.send.Outcome;
import dev.freshet.http.purge.send.Pauses;
import dev.freshet.http.purge.send.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes from the queue and sends, one request at a time, and repeats each until it is accepted. Has a thread of its own. */
final class Purger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Purger.class);

    private final PurgeQueue queue;
    private final HttpPurgeSettings settings;
    private final Timings timings;
    private final HttpPurgeMetrics metrics;
    private final Clock clock;
    private final HttpSender sender;
    private final RateLimit rate;
    private final Random random = new Random();
    private final Thread thread = new Thread(this::run, "freshet-http-purge");
    private volatile Standing standing;

    /** @param failure null if the last attempt was accepted, or there was none */
    private record Standing(Outcome failure, Instant since) {}

    Purger(PurgeQueue queue, HttpPurgeSettings settings, Timings timings, HttpPurgeMetrics metrics, Clock clock) {
        this.queue = queue;
        this.settings = settings;
        this.timings = timings;
        this.metrics = metrics;
        this.clock = clock;
        this.sender = new HttpSender(settings.endpoint().provider(), timings.answer(), clock);
        this.rate = new RateLimit(settings.perMinute(), System::nanoTime);
        this.standing = new Standing(null, clock.instant());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waiting if attempts fail, and that will not pass by itself or lasts for some time already. */
    EvictorStatus status() {
        Standing now = standing;
        if (now.failure() == null) {
            return new EvictorStatus(false, null, now.since());
        }
        boolean told = now.failure().lasting()
                || Duration.between(now.since(), clock.instant()).compareTo(timings.stalled()) >= 0;
        return new EvictorStatus(told, told ? reason(now.failure()) : null, now.since());
    }

    private String reason(Outcome failure) {
        return settings.endpoint().kind() + " at " + settings.endpoint() + ": " + failure.failure();
    }

    private void run() {
        PurgeKind kind = settings.endpoint().kind();
        try {
            while (true) {
                deliver(queue.take(kind.mostKeys(), kind.mostBytes()));
            }
        } catch (InterruptedException | IllegalStateException closed) {
            LOG.debug("HTTP purge ends");
        }
    }

    private void deliver(PurgeQueue.Batch batch) throws InterruptedException {
        Purge purge = Purge.of(batch.keys());
        var pauses = new Pauses(timings.firstPause(), timings.longestPause(), random);
        while (true) {
            sleep(rate.next());
            long start = System.nanoTime();
            Outcome outcome = sender.send(purge);
            metrics.answered(Duration.ofNanos(System.nanoTime() - start));
            if (outcome.accepted()) {
                metrics.accepted(purge);
                ready();
                queue.accepted(batch);
                return;
            }
            failed(outcome);
            Duration pause = pauses.next();
            sleep(pause.compareTo(outcome.retryAfter()) < 0 ? outcome.retryAfter() : pause);
        }
    }

    private void ready() {
        if (standing.failure() != null) {
            standing = new Standing(null, clock.instant());
            LOG.info("{} at {} accepts purges", settings.endpoint().kind(), settings.endpoint());
        }
    }

    private void failed(Outcome outcome) {
        metrics.failed();
        Standing before = standing;
        boolean first = before.failure() == null;
        if (first || !before.failure().failure().equals(outcome.failure())) {
            LOG.warn("a purge was not accepted, and is repeated: {}", reason(outcome));
        }
        standing = new Standing(outcome, first ? clock.instant() : before.since());
    }

    private static void sleep(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /** Ends at once. What was not accepted was not acknowledged. */
    @Override
    public void close() {
        queue.close();
        thread.interrupt();
    }
}
