// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import dev.freshet.core.cache.EvictorStatus;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the state, and allows only valid transitions. Thread-safe. */
public final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Clock clock;
    private final Supplier<EvictorStatus> redis;
    private Status status;
    /** The last failure, until it streams again. */
    private String trouble;

    public Lifecycle(Clock clock, Supplier<EvictorStatus> redis) {
        this.clock = clock;
        this.redis = redis;
        this.status = new Status(State.STARTING, clock.instant(), null);
    }

    /** The present state. A working state shows as {@link State#WAITING_FOR_REDIS} while Redis is down. */
    public Status status() {
        Status own;
        synchronized (this) {
            own = status;
        }
        EvictorStatus evictor = redis.get();
        return own.state().works() && evictor.waiting()
                ? new Status(State.WAITING_FOR_REDIS, evictor.since(), evictor.reason())
                : own;
    }

    /** True if the state, apart from Redis, is this one. */
    public synchronized boolean is(State state) {
        return status.state() == state;
    }

    /** True between a failure and the next success. */
    public synchronized boolean hasFailed() {
        return status.state().hasFailed();
    }

    /** A run starts, and nothing slow lies ahead. A failed state stays until the run has achieved something. */
    public synchronized void starting() {
        if (!hasFailed()) {
            to(State.STARTING, null);
        }
    }

    /** The stream is open. A failed state stays until changes were processed, unless {@code why} is given. */
    public synchronized void catchingUp(String why) {
        if (why != null || !hasFailed()) {
            to(State.CATCHING_UP, why);
        }
    }

    /** Changes were processed. */
    public synchronized void processed() {
        if (hasFailed()) {
            to(State.CATCHING_UP, null);
        }
    }

    /** The run repairs what it can. {@link State#BLOCKED} stays, so that it remains visible that a person must act. */
    public synchronized void mending(String what) {
        if (!is(State.BLOCKED)) {
            to(State.STARTING, what);
        }
    }

    /** @throws IllegalStateException if the transition is not allowed */
    public synchronized void to(State next, String why) {
        String reason = told(next, why);
        if (status.state() == next) {
            if (!Objects.equals(status.reason(), reason)) {
                status = new Status(next, status.since(), reason);
                LOG.info("{}", status);
            }
            return;
        }
        if (!status.state().mayBecome(next)) {
            throw new IllegalStateException("state " + status.state() + " cannot become " + next);
        }
        status = new Status(next, clock.instant(), reason);
        if (next.hasFailed() || next == State.REFUSED) {
            LOG.warn("{}", status);
        } else {
            LOG.info("{}", status);
        }
    }

    /** Mentions the last failure until it streams again. */
    private String told(State next, String why) {
        if (next == State.STREAMING) {
            trouble = null;
        } else if (next.hasFailed()) {
            trouble = why;
        } else if (why == null && trouble != null && next != State.STOPPED) {
            return "after a failure: " + trouble;
        }
        return why;
    }
}
