// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.gate.VisibilityGate;
import dev.freshet.core.pipeline.ChangePipeline;
import dev.freshet.core.pipeline.EvictionLog;
import dev.freshet.core.pipeline.FailureKinds;
import dev.freshet.core.pipeline.Markers;
import dev.freshet.core.pipeline.PipelineListener;
import dev.freshet.core.pipeline.Ports;
import dev.freshet.core.pipeline.Publisher;
import dev.freshet.core.pipeline.Purge;
import dev.freshet.core.pipeline.StartPoint;
import dev.freshet.core.pipeline.Withdrawal;
import dev.freshet.core.plan.Planner;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.source.Readers;
import dev.freshet.invalidator.run.start.Start;
import dev.freshet.model.meaning.Meaning;
import java.time.Clock;

/** Puts the pipeline of a stream together: gate, planner, eviction, publication. */
public final class PipelineAssembly {
    private final RunSettings settings;
    private final Meaning mapping;
    private final Planner planner;
    private final Cache cache;
    private final Withdrawal withdrawal;
    private final Markers markers;
    private final FailureKinds failures;
    private final PipelineListener listener;
    private final Clock clock;
    private final int remembered;

    /** @param remembered how many evictions are kept, to repeat them on a master of Redis that has not received them all */
    public PipelineAssembly(
            RunSettings settings,
            Meaning mapping,
            Planner planner,
            Cache cache,
            Withdrawal withdrawal,
            Markers markers,
            FailureKinds failures,
            PipelineListener listener,
            Clock clock,
            int remembered) {
        this.settings = settings;
        this.mapping = mapping;
        this.planner = planner;
        this.cache = cache;
        this.withdrawal = withdrawal;
        this.markers = markers;
        this.failures = failures;
        this.listener = listener;
        this.clock = clock;
        this.remembered = remembered;
    }

    OpenPipeline open(Readers readers, Start start) {
        StartPoint from = start.point();
        var log = new EvictionLog(remembered, from.confirmed());
        var ports = new Ports(cache, readers.lookups(), markers, failures, listener, clock);
        var purge = new Purge(cache, withdrawal, settings.keyGlobs(), listener, readers.lookups()::patterns);
        var publisher = new Publisher(ports, log, purge, start.contract(), mapping, from);
        var gate = new VisibilityGate(readers.snapshots(), settings.timings().visibilityTimeout());
        return new OpenPipeline(new ChangePipeline(gate, planner, ports, log, publisher, from.confirmed()), publisher);
    }
}
