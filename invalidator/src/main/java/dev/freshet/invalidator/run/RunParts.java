// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.evict.Cache;
import dev.freshet.invalidator.plan.Planner;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What outlives a session.
 *
 * @param process tells this process from all others
 * @param takeOver whether the namespace may still be taken from another owner; once
 */
record RunParts(
        String process,
        Planner planner,
        DatabaseView view,
        Cache cache,
        Ledger ledger,
        RunMetrics metrics,
        Progress progress,
        Heartbeat heartbeat,
        StallWatch watch,
        Lifecycle lifecycle,
        Clock clock,
        AtomicBoolean takeOver,
        UnreadableChanges unreadable) {}
