// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.audit;

import dev.freshet.audit.AuditCounts;
import dev.freshet.audit.AuditListener;
import dev.freshet.audit.AuditSettings;
import dev.freshet.audit.Auditor;
import dev.freshet.audit.Reservations;
import dev.freshet.audit.Violation;
import dev.freshet.audit.history.HistorySource;
import dev.freshet.audit.jdbc.JdbcRowVersions;
import dev.freshet.audit.redis.RedisEntries;
import dev.freshet.core.plan.TagCoverage;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.redis.cache.EvictorSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits the cache, round after round, while the invalidator streams. Violations are logged with their history, and
 * counted. Has its own thread and connections; its failures affect nothing else.
 */
public final class AuditThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditThread.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final long STOP_SECONDS = 10;

    private final Supplier<RunSettings> run;
    private final BooleanSupplier streaming;
    private final HistorySource history;
    private final EvictorSettings redis;
    private final AuditSettings settings;
    private final AuditCounts counts = new AuditCounts();
    private final AuditMetrics metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::loop, "freshet-audit");
    private volatile Auditor auditor;
    private Reservations told;

    /**
     * Starts the thread.
     *
     * @param run the settings of the run whose cache is audited; its mapping may change
     * @param streaming whether that run streams: only then it knows what was evicted
     * @param history what that run did recently
     * @param rate maximum number of entries per second
     */
    public AuditThread(
            Supplier<RunSettings> run,
            BooleanSupplier streaming,
            HistorySource history,
            EvictorSettings redis,
            int rate,
            MeterRegistry registry) {
        this.run = run;
        this.streaming = streaming;
        this.history = history;
        this.redis = redis;
        this.settings = new AuditSettings(0, rate, PATIENCE);
        this.metrics = new AuditMetrics(counts, registry);
        thread.setDaemon(true);
        thread.start();
    }

    private void loop() {
        try {
            Duration pause = Duration.ZERO;
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = BETWEEN_ROUNDS;
                // Only the active instance knows what was evicted.
                if (streaming.getAsBoolean()) {
                    try {
                        rounds();
                    } catch (SQLException | RuntimeException e) {
                        LOG.warn("the audit is paused: {}", e.getMessage());
                        pause = AFTER_FAILURE;
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the audit was interrupted");
        }
    }

    private void rounds() throws SQLException, InterruptedException {
        RunSettings current = run.get();
        var mapping = current.mapping();
        var connections = new PostgresConnections(current.database());
        try (var cache = new RedisEntries(redis);
                var connection = connections.open("audit");
                var rows = new JdbcRowVersions(connection, mapping)) {
            auditor = new Auditor(
                    mapping, TagCoverage.of(mapping), cache, rows, history, settings, counts, new Listener(current));
            if (stopped.getCount() == 0) {
                // close() may have come before there was an auditor to stop.
                return;
            }
            do {
                auditor.round();
                metrics.roundEnded();
                tell(auditor.reservations());
            } while (streaming.getAsBoolean()
                    && run.get() == current
                    && !stopped.await(BETWEEN_ROUNDS.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Logs the reservations, unless they are the same as last time. */
    private void tell(Reservations reservations) {
        if (!reservations.all().isEmpty() && !reservations.equals(told)) {
            LOG.warn(
                    "the audit {}: {}",
                    reservations.nothing() ? "could check nothing so far" : "is limited",
                    String.join("; ", reservations.all()));
        }
        told = reservations;
    }

    private final class Listener implements AuditListener {
        private final RunSettings current;

        private Listener(RunSettings current) {
            this.current = current;
        }

        @Override
        public void found(Violation violation) {
            LOG.warn("{}", violation.tell());
        }

        @Override
        public void progress(AuditCounts soFar) {
            metrics.progress();
            if (run.get() != current) {
                // The mapping was reloaded: the rest of the round would be judged by the former one.
                auditor.stop();
            }
        }
    }

    /** Stops the audit, and waits up to 10 seconds for its thread to end. */
    @Override
    public void close() {
        stopped.countDown();
        Auditor busy = auditor;
        if (busy != null) {
            busy.stop();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
