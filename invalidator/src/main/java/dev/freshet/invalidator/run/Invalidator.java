// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.source.SetupException;
import dev.freshet.invalidator.run.postgres.PostgresFailures;
import dev.freshet.invalidator.run.postgres.PostgresSource;
import dev.freshet.invalidator.run.settings.MemoryBudget;
import dev.freshet.invalidator.run.settings.OnUnreadable;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.settings.RunTimings;
import dev.freshet.invalidator.run.source.Source;
import dev.freshet.invalidator.run.source.SourceFailures;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.invalidator.run.start.CrashLoopGuard;
import dev.freshet.invalidator.run.start.Hold;
import dev.freshet.invalidator.run.start.InstanceLabel;
import dev.freshet.invalidator.run.start.Ownership;
import dev.freshet.invalidator.run.start.Preflight;
import dev.freshet.invalidator.run.start.RefusedException;
import dev.freshet.invalidator.run.start.SkipAhead;
import dev.freshet.invalidator.run.start.SourcePreparation;
import dev.freshet.invalidator.run.start.Standby;
import dev.freshet.invalidator.run.start.StartPurge;
import dev.freshet.invalidator.run.start.UnreadableChanges;
import dev.freshet.invalidator.run.status.Lifecycle;
import dev.freshet.invalidator.run.status.Pause;
import dev.freshet.invalidator.run.status.Progress;
import dev.freshet.invalidator.run.status.RecentTransactions;
import dev.freshet.invalidator.run.status.RunListener;
import dev.freshet.invalidator.run.status.RunMetrics;
import dev.freshet.invalidator.run.status.Status;
import dev.freshet.invalidator.run.stream.Heartbeat;
import dev.freshet.invalidator.run.stream.PipelineAssembly;
import dev.freshet.invalidator.run.stream.StallWatch;
import dev.freshet.invalidator.run.stream.Streaming;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.postgres.tables.DatabaseView;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** One running invalidator. Here all its parts are made, and it is shown what it is doing. Thread-safe. */
public final class Invalidator implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final MemoryBudget MEMORY = MemoryBudget.ofThisProcess();

    private final RunSettings settings;
    private final Progress progress = new Progress();
    private final RecentTransactions recent = new RecentTransactions(MEMORY.details());
    private final UnreadableChanges unreadable = new UnreadableChanges();
    private final Lifecycle lifecycle;
    private final Pause pause;
    private final Heartbeat heartbeat;
    private final Supervisor supervisor;

    private Invalidator(
            RunSettings settings,
            Source source,
            Planner planner,
            SourceFailures failures,
            Cache cache,
            MeterRegistry registry,
            Backoff backoff,
            Time time) {
        this.settings = settings;
        var mapping = Meaning.of(settings.mapping());
        RunTimings timings = settings.timings();
        var listener = new RunListener(settings.mapping(), new RunMetrics(registry), recent, progress);
        lifecycle = new Lifecycle(time.clock(), cache::status);
        pause = new Pause(time::nanoTime);
        var hold = new Hold(pause, lifecycle, listener, time);
        heartbeat = new Heartbeat(time, timings.heartbeat(), timings.fastestHeartbeat());

        var ownership = new Ownership(mapping, settings.slot(), cache, time, settings.takeOver());
        var preflight = new Preflight(
                new Standby(InstanceLabel.of(mapping), settings.slot(), settings.takeOver(), cache, lifecycle, time),
                hold,
                ownership,
                new SourcePreparation(cache, lifecycle, time),
                new SkipAhead(unreadable, cache, lifecycle, listener, time),
                new StartPurge(settings.keyGlobs(), cache, lifecycle, listener, time),
                cache,
                mapping,
                publisher());
        var crashes = new CrashLoopGuard(cache, unreadable, settings.onUnreadable() == OnUnreadable.STOP);
        var streaming = new Streaming(
                new PipelineAssembly(
                        settings,
                        mapping,
                        planner,
                        cache,
                        heartbeat,
                        failures,
                        listener,
                        time.clock(),
                        MEMORY.evictions()),
                heartbeat,
                timings.heartbeat(),
                new StallWatch(timings.stallTimeout(), time::nanoTime),
                lifecycle,
                listener,
                failures,
                cache,
                time,
                pause);
        supervisor = new Supervisor(
                new Session(source, preflight, ownership, crashes, streaming, hold),
                settings.onUnreadable(),
                unreadable,
                failures,
                lifecycle,
                progress,
                listener,
                backoff,
                time);
    }

    /**
     * An invalidator that is not started yet.
     *
     * @param cache stays the caller's to close
     */
    public static Invalidator onPostgres(RunSettings settings, DatabaseView view, Cache cache, MeterRegistry registry) {
        return onPostgres(settings, view, cache, registry, new Backoff(FIRST_PAUSE, LONGEST_PAUSE, new Random()));
    }

    static Invalidator onPostgres(
            RunSettings settings, DatabaseView view, Cache cache, MeterRegistry registry, Backoff backoff) {
        var planner = new Planner(settings.mapping(), MEMORY.touchedRows());
        String purpose = InstanceLabel.of(Meaning.of(settings.mapping())).purpose();
        var source = new PostgresSource(settings, view, planner, purpose);
        return new Invalidator(
                settings, source, planner, new PostgresFailures(), cache, registry, backoff, Time.SYSTEM);
    }

    /** An invalidator on any source, in any time. */
    static Invalidator on(
            Source source,
            SourceFailures failures,
            RunSettings settings,
            Cache cache,
            MeterRegistry registry,
            Backoff backoff,
            Time time) {
        var planner = new Planner(settings.mapping(), MEMORY.touchedRows());
        return new Invalidator(settings, source, planner, failures, cache, registry, backoff, time);
    }

    private static String publisher() {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("unknown");
        return host + ":" + ProcessHandle.current().pid();
    }

    public void start() {
        supervisor.start();
    }

    /** Does in the caller's thread what it otherwise does in its own. */
    void run() {
        supervisor.run();
    }

    public Status status() {
        return lifecycle.status();
    }

    public RecentTransactions recent() {
        return recent;
    }

    public Heartbeat heartbeat() {
        return heartbeat;
    }

    public Progress progress() {
        return progress;
    }

    /** Pauses evictions, and goes on with them. */
    public Pause pause() {
        return pause;
    }

    public RunSettings settings() {
        return settings;
    }

    /** Changes that could not be read. */
    public UnreadableChanges unreadable() {
        return unreadable;
    }

    /** Completes when it has stopped: exceptionally with a {@link SetupException} if it could not begin at all, or a {@link RefusedException}. */
    public CompletableFuture<Void> ended() {
        return supervisor.ended();
    }

    /** Stops within seconds. What was not acknowledged comes again with the next start. */
    @Override
    public void close() {
        supervisor.close();
    }
}
