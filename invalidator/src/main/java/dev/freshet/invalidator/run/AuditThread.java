// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.audit.AuditCounts;
import dev.freshet.invalidator.audit.AuditListener;
import dev.freshet.invalidator.audit.AuditSettings;
import dev.freshet.invalidator.audit.Auditor;
import dev.freshet.invalidator.audit.Reservations;
import dev.freshet.invalidator.audit.Violation;
import dev.freshet.invalidator.database.JdbcRowVersions;
import dev.freshet.invalidator.evict.EvictorSettings;
import dev.freshet.invalidator.evict.RedisEntries;
import dev.freshet.invalidator.plan.TagCoverage;
import dev.freshet.invalidator.source.PostgresConnections;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits the cache, round after round, while the invalidator streams: violations are logged with their history, and counted.
 * It has a thread and connections of its own, and what fails in it disturbs nothing else.
 */
public final class AuditThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditThread.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final long STOP_SECONDS = 10;

    private final Supervisor supervisor;
    private final EvictorSettings redis;
    private final AuditSettings settings;
    private final AuditCounts counts = new AuditCounts();
    private final AuditMetrics metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::loop, "freshet-audit");
    private volatile Auditor auditor;
    private Reservations told;

    /**
     * Starts at once.
     *
     * @param rate most entries a second
     */
    public AuditThread(Supervisor supervisor, EvictorSettings redis, int rate, MeterRegistry registry) {
        this.supervisor = supervisor;
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
                // Only the instance that works knows what was evicted.
                if (supervisor.status().state() == State.STREAMING) {
                    try {
                        rounds();
                    } catch (SQLException | RuntimeException e) {
                        LOG.warn("the audit pauses: {}", e.getMessage());
                        pause = AFTER_FAILURE;
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the audit was interrupted");
        }
    }

    private void rounds() throws SQLException, InterruptedException {
        var mapping = supervisor.settings().mapping();
        var connections = new PostgresConnections(supervisor.settings().database());
        var history = new RunHistory(supervisor.recent(), supervisor.progress());
        try (var cache = new RedisEntries(redis);
                var connection = connections.open("audit");
                var rows = new JdbcRowVersions(connection, mapping)) {
            auditor = new Auditor(
                    mapping, TagCoverage.of(mapping), cache, rows, history, settings, counts, new Listener());
            if (stopped.getCount() == 0) {
                // Whoever stopped us found no auditor yet.
                return;
            }
            do {
                auditor.round();
                metrics.roundEnded();
                tell(auditor.reservations());
            } while (supervisor.status().state() == State.STREAMING
                    && !stopped.await(BETWEEN_ROUNDS.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Once for each. */
    private void tell(Reservations reservations) {
        if (!reservations.all().isEmpty() && !reservations.equals(told)) {
            LOG.warn(
                    "the audit {}: {}",
                    reservations.nothing() ? "could check nothing so far" : "says less than it seems to",
                    String.join("; ", reservations.all()));
        }
        told = reservations;
    }

    private final class Listener implements AuditListener {
        @Override
        public void found(Violation violation) {
            LOG.warn("{}", violation.tell());
        }

        @Override
        public void progress(AuditCounts soFar) {
            metrics.progress();
        }
    }

    /** Ends within seconds. */
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
