// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.EvictorStatus;
import dev.freshet.core.pipeline.Withdrawal;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.source.SetupException;
import dev.freshet.invalidator.run.postgres.PostgresFailures;
import dev.freshet.invalidator.run.postgres.PostgresSource;
import dev.freshet.invalidator.run.settings.MemoryBudget;
import dev.freshet.invalidator.run.settings.OnPromotion;
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
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.postgres.tables.DatabaseView;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** One running invalidator. Here all its parts are made, and it is shown what it is doing. Thread-safe. */
public final class Invalidator implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final MemoryBudget MEMORY = MemoryBudget.ofThisProcess();

    private final Function<RunSettings, Source> sources;
    private final SourceFailures failures;
    private final Cache cache;
    private final Withdrawal withdrawal;
    private final Time time;
    private final Progress progress;
    private final RecentTransactions recent = new RecentTransactions(MEMORY.details());
    private final UnreadableChanges unreadable = new UnreadableChanges();
    private final Lifecycle lifecycle;
    private final Pause pause;
    private final Hold hold;
    private final Heartbeat heartbeat;
    private final RunListener listener;
    private final CrashLoopGuard crashes;
    private final StallWatch stallWatch;
    private final Sessions sessions;
    private final Supervisor supervisor;
    /** Of the session that runs. Its thread's alone. */
    private Ownership ownership;

    private Invalidator(
            RunSettings settings,
            Function<RunSettings, Source> sources,
            SourceFailures failures,
            Cache cache,
            MeterRegistry registry,
            Backoff backoff,
            Time time) {
        this.sources = sources;
        this.failures = failures;
        this.cache = cache;
        withdrawal = new Withdrawal(cache);
        this.time = time;
        progress = new Progress(time::nanoTime);
        RunTimings timings = settings.timings();
        listener = new RunListener(settings.mapping(), new RunMetrics(registry), recent, progress);
        lifecycle = new Lifecycle(time.clock(), cache::status);
        pause = new Pause(time::nanoTime);
        hold = new Hold(pause, lifecycle, listener, time);
        heartbeat = new Heartbeat(time, timings.heartbeat(), timings.fastestHeartbeat());
        stallWatch = new StallWatch(timings.stallTimeout(), time::nanoTime);
        crashes = new CrashLoopGuard(cache, unreadable, settings.onUnreadable() == OnUnreadable.STOP);
        sessions = new Sessions(settings, this::session);
        supervisor = new Supervisor(
                sessions, settings.onUnreadable(), unreadable, failures, lifecycle, progress, listener, backoff, time);
    }

    /** What depends on the mapping is made anew for each; the rest outlives the sessions. */
    private Session session(RunSettings settings) {
        boolean first = ownership == null;
        var mapping = Meaning.of(settings.mapping());
        BooleanSupplier replaced = () -> sessions.isReplaced(settings);
        listener.evictsBy(settings.mapping());
        ownership = first
                ? new Ownership(mapping, settings.slot(), cache, time, settings.takeOver())
                : ownership.with(mapping);
        // Whoever reloads a mapping wants it to count, also before the other instance has it.
        boolean otherMappingAllowed = settings.takeOver() || !first;
        var preflight = new Preflight(
                new Standby(
                        InstanceLabel.of(mapping),
                        settings.slot(),
                        otherMappingAllowed,
                        replaced,
                        cache,
                        lifecycle,
                        time),
                hold,
                ownership,
                new SourcePreparation(withdrawal, lifecycle, hold, time),
                new SkipAhead(unreadable, cache, withdrawal, lifecycle, listener, time),
                new StartPurge(settings.keyGlobs(), cache, withdrawal, lifecycle, listener, hold, time),
                cache,
                withdrawal,
                mapping,
                publisher(),
                settings.onPromotion() == OnPromotion.CONTINUE,
                replaced);
        var streaming = new Streaming(
                new PipelineAssembly(
                        settings,
                        mapping,
                        new Planner(settings.mapping(), MEMORY.touchedRows()),
                        cache,
                        withdrawal,
                        heartbeat,
                        failures,
                        listener,
                        time.clock(),
                        MEMORY.evictions()),
                heartbeat,
                settings.timings().heartbeat(),
                stallWatch,
                lifecycle,
                listener,
                failures,
                cache,
                withdrawal,
                time,
                replaced,
                pause);
        return new Session(sources.apply(settings), preflight, ownership, crashes, streaming, hold);
    }

    /**
     * An invalidator that is not started yet.
     *
     * @param views what is asked about the tables of a mapping
     * @param cache stays the caller's to close
     */
    public static Invalidator onPostgres(
            RunSettings settings, Function<Mapping, DatabaseView> views, Cache cache, MeterRegistry registry) {
        return onPostgres(settings, views, cache, registry, new Backoff(FIRST_PAUSE, LONGEST_PAUSE, new Random()));
    }

    static Invalidator onPostgres(
            RunSettings settings,
            Function<Mapping, DatabaseView> views,
            Cache cache,
            MeterRegistry registry,
            Backoff backoff) {
        return new Invalidator(
                settings,
                current -> postgres(current, views.apply(current.mapping())),
                new PostgresFailures(),
                cache,
                registry,
                backoff,
                Time.SYSTEM);
    }

    private static Source postgres(RunSettings settings, DatabaseView view) {
        var planner = new Planner(settings.mapping(), MEMORY.touchedRows());
        String purpose = InstanceLabel.of(Meaning.of(settings.mapping())).purpose();
        return new PostgresSource(settings, view, planner, purpose);
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
        return new Invalidator(settings, every -> source, failures, cache, registry, backoff, time);
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

    /** Whether the HTTP cache accepts purges. Empty if none is purged. */
    public Optional<EvictorStatus> httpPurge() {
        return cache.secondary();
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

    /** The settings of the session that runs. */
    public RunSettings settings() {
        return sessions.used();
    }

    /** The mapping that counts, as soon as the session that runs has ended. */
    public Mapping mapping() {
        return sessions.wanted().mapping();
    }

    /**
     * Ends the session at the border of a batch, and begins another by this mapping, as after a restart: what differs is
     * evicted before it is published. Returns at once.
     *
     * @param next of the same namespace
     */
    public void reload(Mapping next) {
        if (!next.namespace().equals(mapping().namespace())) {
            throw new IllegalArgumentException(
                    "namespace " + next.namespace() + ", expected " + mapping().namespace());
        }
        sessions.replace(sessions.wanted().with(next));
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
