// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.pipeline.FailureKinds;
import dev.freshet.core.pipeline.PositionLostException;
import dev.freshet.core.pipeline.Withdrawal;
import dev.freshet.invalidator.run.source.ChangeFeed;
import dev.freshet.invalidator.run.source.Readers;
import dev.freshet.invalidator.run.source.SourceSession;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.invalidator.run.start.Start;
import dev.freshet.invalidator.run.status.Lifecycle;
import dev.freshet.invalidator.run.status.Pause;
import dev.freshet.invalidator.run.status.RunListener;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Opens a stream and follows it. Outlives the streams. One thread. */
public final class Streaming {
    private final PipelineAssembly assembly;
    private final Heartbeat heartbeat;
    private final Duration interval;
    private final StallWatch stallWatch;
    private final Lifecycle lifecycle;
    private final RunListener listener;
    private final FailureKinds failures;
    private final Cache cache;
    private final Withdrawal withdrawal;
    private final Time time;
    private final BooleanSupplier replaced;
    private final Pause pause;

    /**
     * @param interval the usual interval between markers
     * @param replaced whether another session is to take this one's place
     */
    public Streaming(
            PipelineAssembly assembly,
            Heartbeat heartbeat,
            Duration interval,
            StallWatch stallWatch,
            Lifecycle lifecycle,
            RunListener listener,
            FailureKinds failures,
            Cache cache,
            Withdrawal withdrawal,
            Time time,
            BooleanSupplier replaced,
            Pause pause) {
        this.assembly = assembly;
        this.heartbeat = heartbeat;
        this.interval = interval;
        this.stallWatch = stallWatch;
        this.lifecycle = lifecycle;
        this.listener = listener;
        this.failures = failures;
        this.cache = cache;
        this.withdrawal = withdrawal;
        this.time = time;
        this.replaced = replaced;
        this.pause = pause;
    }

    /** Returns when a pause is wanted, otherwise only by an exception. */
    public void run(SourceSession source, Start start) throws InterruptedException {
        source.commitLocally();
        try (Readers readers = source.openReaders(start.point().origin().publication());
                var sourceWatch = new SourceWatch(readers.inspection(), time)) {
            OpenPipeline open = assembly.open(readers, start);
            var slotWatch = new SlotWatch(start.point().origin().slot(), source, open.publisher());
            var pulse =
                    new Pulse(heartbeat, interval, source, cache, slotWatch, sourceWatch, stallWatch, listener, time);
            follow(
                    source,
                    new ChangeLoop(
                            open,
                            pulse,
                            slotWatch,
                            sourceWatch,
                            stallWatch,
                            heartbeat,
                            lifecycle,
                            listener,
                            failures,
                            replaced,
                            pause));
        }
    }

    private void follow(SourceSession source, ChangeLoop loop) throws InterruptedException {
        listener.streamOpened();
        heartbeat.begin();
        stallWatch.begin();
        try (ChangeFeed stream = source.openFeed()) {
            lifecycle.catchingUp(stallWatch.waitingFor());
            try {
                loop.follow(stream);
            } catch (PositionLostException e) {
                // In this one place while the stream runs, and before the stream is closed, which can take seconds.
                withdrawal.because(e.gap());
                throw e;
            }
        }
    }
}
