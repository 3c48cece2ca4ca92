// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Cache;
import java.time.Clock;

/**
 * The collaborators of a pipeline.
 *
 * @param cache where it evicts and publishes
 * @param lookups the rows around a change
 * @param markers receives the messages that come back from the WAL
 * @param failures distinguishes an unavailable database from a look-up that it refuses
 * @param listener called after each step
 * @param clock for the time at which evictions were accepted
 */
public record Ports(
        Cache cache, Lookups lookups, Markers markers, FailureKinds failures, PipelineListener listener, Clock clock) {}
