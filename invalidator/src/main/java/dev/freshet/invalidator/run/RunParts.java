// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.evict.Evictor;
import dev.freshet.invalidator.plan.Planner;
import java.time.Clock;

/** What outlives a session. */
record RunParts(
        Planner planner,
        DatabaseView view,
        Evictor evictor,
        Ledger ledger,
        RunMetrics metrics,
        Progress progress,
        Heartbeat heartbeat,
        StallWatch watch,
        Lifecycle lifecycle,
        Clock clock) {}
