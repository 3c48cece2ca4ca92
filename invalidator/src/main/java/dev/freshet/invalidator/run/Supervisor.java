// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.source.SetupException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.invalidator.run.settings.OnUnreadable;
import dev.freshet.invalidator.run.source.SourceFailures;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.invalidator.run.start.RefusedException;
import dev.freshet.invalidator.run.start.ReplacedException;
import dev.freshet.invalidator.run.start.UnreadableChanges;
import dev.freshet.invalidator.run.status.Lifecycle;
import dev.freshet.invalidator.run.status.Progress;
import dev.freshet.invalidator.run.status.RunListener;
import dev.freshet.invalidator.run.status.State;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one attempt after another until it is stopped, with growing pauses between those that fail. Nothing is skipped:
 * each starts at what the last one acknowledged. Thread-safe.
 */
final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long STOP_SECONDS = 40;

    private final Attempt session;
    private final OnUnreadable onUnreadable;
    private final UnreadableChanges unreadable;
    private final SourceFailures failures;
    private final Lifecycle lifecycle;
    private final Progress progress;
    private final RunListener listener;
    private final Backoff backoff;
    private final Time time;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "freshet-pipeline");
    private boolean everStreamed;
    private volatile boolean stopping;

    Supervisor(
            Attempt session,
            OnUnreadable onUnreadable,
            UnreadableChanges unreadable,
            SourceFailures failures,
            Lifecycle lifecycle,
            Progress progress,
            RunListener listener,
            Backoff backoff,
            Time time) {
        this.session = session;
        this.onUnreadable = onUnreadable;
        this.unreadable = unreadable;
        this.failures = failures;
        this.lifecycle = lifecycle;
        this.progress = progress;
        this.listener = listener;
        this.backoff = backoff;
        this.time = time;
    }

    void start() {
        thread.start();
    }

    /** See {@link Invalidator#ended}. */
    CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Stops within seconds. */
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

    /** What its thread does, from the start to the end. */
    void run() {
        try {
            while (!stopping) {
                attempt();
            }
            stopped();
        } catch (InterruptedException e) {
            stopped();
        } catch (RefusedException e) {
            lifecycle.to(State.REFUSED, e.getMessage());
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
        lifecycle.to(State.STOPPED, null);
        ended.complete(null);
    }

    /** What was given up must not be known from an old line of the log alone. */
    private void sum() {
        unreadable
                .last()
                .ifPresent(last -> LOG.warn(
                        "changes could not be read {} times in this run; the namespace was purged, last after {}: {}",
                        unreadable.count(),
                        last.from(),
                        last.why()));
    }

    private void attempt() throws InterruptedException {
        try {
            if (lifecycle.hasFailed()) {
                listener.restarted();
            }
            session.run();
        } catch (RefusedException e) {
            throw e;
        } catch (ReplacedException e) {
            replaced(e);
            return;
        } catch (UnreadableException e) {
            failed(unreadable.isNoBetter(e) ? State.BLOCKED : State.FAILED, e.getMessage(), e);
            if (unreadable.failed(e) && onUnreadable == OnUnreadable.STOP) {
                throw e;
            }
        } catch (RuntimeException e) {
            Optional<Shortcoming> shortcoming = failures.shortcoming(e);
            if (shortcoming.isEmpty()) {
                failed(State.FAILED, failures.inWords(e), e);
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
            time.sleep(backoff.pause());
        }
    }

    /** The next session begins at once, at what this one acknowledged. */
    private void replaced(ReplacedException e) {
        note();
        if (!lifecycle.hasFailed()) {
            lifecycle.to(State.STARTING, e.getMessage());
        }
    }

    private void failed(State state, String reason, Exception e) throws InterruptedException {
        if (stopping) {
            throw new InterruptedException();
        }
        note();
        lifecycle.to(state, reason);
        LOG.debug("the session failed", e);
    }

    /** Notes how far a session got. */
    private void note() {
        if (lifecycle.is(State.STREAMING)) {
            backoff.reset();
            everStreamed = true;
        }
        // A stream that was opened, and has brought nothing yet, says nothing of what is lacking.
        everStreamed |= progress.last() != null;
    }
}
