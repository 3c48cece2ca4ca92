// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.evict.EvictorStatus;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the state, and lets it change only as it may. Thread-safe. */
public final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Clock clock;
    private final Supplier<EvictorStatus> redis;
    private Status status;

    public Lifecycle(Clock clock, Supplier<EvictorStatus> redis) {
        this.clock = clock;
        this.redis = redis;
        this.status = new Status(State.STARTING, clock.instant(), null);
    }

    /** The state as it is; a working one shows as waiting while Redis is away. */
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
    synchronized boolean is(State state) {
        return status.state() == state;
    }

    /** @throws IllegalStateException if the state may not follow the present one */
    synchronized void to(State next, String reason) {
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
        if (next == State.FAILED || next == State.REFUSED) {
            LOG.warn("{}", status);
        } else {
            LOG.info("{}", status);
        }
    }
}
