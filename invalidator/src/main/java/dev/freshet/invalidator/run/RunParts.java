// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.plan.Planner;
import dev.freshet.postgres.tables.DatabaseView;
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
        RunListener listener,
        Heartbeat heartbeat,
        StallWatch watch,
        Lifecycle lifecycle,
        Clock clock,
        AtomicBoolean takeOver,
        UnreadableChanges unreadable) {
    RunMetrics metrics() {
        return listener.metrics();
    }

    Progress progress() {
        return listener.progress();
    }
}
