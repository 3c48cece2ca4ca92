// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import dev.freshet.core.pipeline.FailureKinds;
import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.stream.Chunk;
import dev.freshet.invalidator.run.source.ChangeFeed;
import dev.freshet.invalidator.run.start.ReplacedException;
import dev.freshet.invalidator.run.status.Lifecycle;
import dev.freshet.invalidator.run.status.Pause;
import dev.freshet.invalidator.run.status.RunListener;
import dev.freshet.invalidator.run.status.State;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the pipeline from an open stream, until something fails. For one stream and one thread. */
final class ChangeLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeLoop.class);
    private static final Duration IDLE = Duration.ofMillis(100);

    private final OpenPipeline open;
    private final Pulse pulse;
    private final SlotWatch slotWatch;
    private final SourceWatch sourceWatch;
    private final StallWatch stallWatch;
    private final Heartbeat heartbeat;
    private final Lifecycle lifecycle;
    private final RunListener listener;
    private final FailureKinds failures;
    private final BooleanSupplier replaced;
    private final Pause pause;

    /** @param replaced whether another session is to take this one's place */
    ChangeLoop(
            OpenPipeline open,
            Pulse pulse,
            SlotWatch slotWatch,
            SourceWatch sourceWatch,
            StallWatch stallWatch,
            Heartbeat heartbeat,
            Lifecycle lifecycle,
            RunListener listener,
            FailureKinds failures,
            BooleanSupplier replaced,
            Pause pause) {
        this.open = open;
        this.pulse = pulse;
        this.slotWatch = slotWatch;
        this.sourceWatch = sourceWatch;
        this.stallWatch = stallWatch;
        this.heartbeat = heartbeat;
        this.lifecycle = lifecycle;
        this.listener = listener;
        this.failures = failures;
        this.replaced = replaced;
        this.pause = pause;
    }

    /** Returns when a pause is wanted, otherwise only by an exception. What was taken is acknowledged then. */
    void follow(ChangeFeed stream) throws InterruptedException {
        boolean checked = false;
        while (!pause.isWanted()) {
            if (replaced.getAsBoolean()) {
                // All that was read is evicted, published and acknowledged; the rest comes again.
                throw new ReplacedException();
            }
            pulse.beatIfDue();
            sourceWatch.check();
            List<Chunk> chunks = stream.take(idle());
            if (!chunks.isEmpty()) {
                if (!checked) {
                    // The engine makes a slot that is missing, and says nothing: look before anything is published.
                    slotWatch.look();
                    checked = true;
                }
                process(chunks, stream);
            } else if (stream.ended().isDone()) {
                fail(stream);
            } else if (stallWatch.stalled(heartbeat.oldestUnderWay())) {
                listener.stalled();
                throw stallWatch.giveUp(open.publisher().published());
            }
        }
    }

    private void process(List<Chunk> chunks, ChangeFeed stream) throws InterruptedException {
        long markers = heartbeat.returns();
        open.pipeline().process(chunks, stream);
        boolean marked = heartbeat.returns() > markers;
        lifecycle.processed();
        if (marked) {
            lifecycle.to(State.STREAMING, null);
        }
        stallWatch.received(marked);
    }

    /** How long to wait for changes at most. */
    private Duration idle() {
        Duration untilDue = heartbeat.untilDue();
        return untilDue.compareTo(IDLE) < 0 ? untilDue : IDLE;
    }

    /** An engine that has never begun to stream says nothing of what is to be read. */
    private void fail(ChangeFeed stream) {
        try {
            stream.ended().join();
        } catch (CompletionException e) {
            LOG.debug("the engine ended", e);
            Throwable cause = e.getCause();
            Throwable broke = cause.getCause() == null ? cause : cause.getCause();
            if (stream.hasStarted() && !failures.isPassing(cause)) {
                throw new UnreadableException(
                        open.publisher().published(), OptionalLong.empty(), failures.inWords(broke), cause);
            }
            throw cause instanceof RuntimeException known ? known : e;
        }
        throw new IllegalStateException("the change stream ended");
    }
}
