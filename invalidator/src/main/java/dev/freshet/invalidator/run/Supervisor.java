// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.source.SetupException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.postgres.connection.FailureCause;
import dev.freshet.postgres.connection.Primary;
import dev.freshet.postgres.tables.DatabaseView;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one session after another until it is stopped, with growing pauses between those that fail. Nothing is skipped: each
 * session starts at what the last one acknowledged. Thread-safe.
 */
public final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final long STOP_SECONDS = 40;

    private static final MemoryBudget MEMORY = MemoryBudget.ofThisProcess();

    private final RunSettings settings;
    private final RunParts parts;
    private final RecentTransactions recent = new RecentTransactions(MEMORY.details());
    private final Backoff backoff;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread = new Thread(this::loop, "freshet-pipeline");
    private boolean everStreamed;
    private volatile boolean stopping;

    /** @param cache stays the caller's to close */
    public Supervisor(RunSettings settings, DatabaseView view, Cache cache, MeterRegistry registry) {
        this(settings, view, cache, registry, new Backoff(FIRST_PAUSE, LONGEST_PAUSE, new Random()));
    }

    Supervisor(RunSettings settings, DatabaseView view, Cache cache, MeterRegistry registry, Backoff backoff) {
        this.settings = settings;
        this.backoff = backoff;
        Clock clock = Clock.systemUTC();
        var metrics = new RunMetrics(registry);
        this.parts = new RunParts(
                UUID.randomUUID().toString(),
                new Planner(settings.mapping(), MEMORY.touchedRows()),
                view,
                cache,
                new RunListener(new Ledger(settings.mapping(), metrics, recent), metrics, new Progress()),
                new Heartbeat(
                        clock,
                        settings.timings().heartbeat(),
                        settings.timings().fastestHeartbeat()),
                new StallWatch(settings.timings().stallTimeout(), System::nanoTime),
                new Lifecycle(clock, cache::status),
                clock,
                new AtomicBoolean(settings.takeOver()),
                new UnreadableChanges());
    }

    public void start() {
        thread.start();
    }

    public Status status() {
        return parts.lifecycle().status();
    }

    public RecentTransactions recent() {
        return recent;
    }

    public Heartbeat heartbeat() {
        return parts.heartbeat();
    }

    public Progress progress() {
        return parts.progress();
    }

    public RunSettings settings() {
        return settings;
    }

    /** Completes when it has stopped: exceptionally with a {@link SetupException} if it could not begin at all, or a {@link RefusedException}. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Changes that could not be read. */
    public UnreadableChanges unreadable() {
        return parts.unreadable();
    }

    /** Stops within seconds. What was not acknowledged comes again with the next start. */
    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        try {
            while (!stopping) {
                attempt();
            }
            stopped();
        } catch (InterruptedException e) {
            stopped();
        } catch (RefusedException e) {
            parts.lifecycle().to(State.REFUSED, e.getMessage());
            ended.completeExceptionally(e);
        } catch (SetupException | UnreadableException e) {
            ended.completeExceptionally(e);
        } catch (Error e) {
            // Of the machine (no memory, a class that is missing): nothing that is done here can be trusted.
            ended.completeExceptionally(e);
        } finally {
            sum();
        }
    }

    private void stopped() {
        parts.lifecycle().to(State.STOPPED, null);
        ended.complete(null);
    }

    /** What was given up must not be known from an old line of the log alone. */
    private void sum() {
        parts.unreadable()
                .last()
                .ifPresent(last -> LOG.warn(
                        "changes could not be read {} times in this run; the namespace was purged, last after {}: {}",
                        parts.unreadable().count(),
                        last.from(),
                        last.why()));
    }

    private void attempt() throws InterruptedException {
        try {
            if (parts.lifecycle().hasFailed()) {
                parts.metrics().restarted();
            }
            new Session(settings.at(Primary.find(settings.database())), parts).run();
        } catch (RefusedException e) {
            throw e;
        } catch (UnreadableException e) {
            failed(parts.unreadable().isNoBetter(e) ? State.BLOCKED : State.FAILED, e.getMessage(), e);
            if (parts.unreadable().failed(e) && settings.onUnreadable() == OnUnreadable.STOP) {
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            Optional<Shortcoming> shortcoming = FailureCause.shortcoming(e);
            if (shortcoming.isEmpty()) {
                failed(State.FAILED, FailureCause.in(e), e);
            } else {
                failed(
                        State.BLOCKED,
                        e instanceof SetupException
                                ? e.getMessage()
                                : shortcoming.get().toString(),
                        e);
                if (!everStreamed) {
                    throw e instanceof SetupException known ? known : new SetupException(List.of(shortcoming.get()));
                }
            }
        }
        if (!stopping) {
            TimeUnit.MILLISECONDS.sleep(backoff.pause().toMillis());
        }
    }

    private void failed(State state, String reason, Exception e) throws InterruptedException {
        if (stopping) {
            throw new InterruptedException();
        }
        if (parts.lifecycle().is(State.STREAMING)) {
            backoff.reset();
            everStreamed = true;
        }
        // A stream that was opened, and has brought nothing yet, says nothing of what is lacking.
        everStreamed |= parts.progress().last() != null;
        parts.lifecycle().to(state, reason);
        LOG.debug("the session failed", e);
    }
}
