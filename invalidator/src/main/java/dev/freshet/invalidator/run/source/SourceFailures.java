// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import dev.freshet.core.pipeline.FailureKinds;
import dev.freshet.core.source.Shortcoming;
import java.util.Optional;

/** Classifies failures of the source, for the pipeline and for the supervisor. Pure. */
public interface SourceFailures extends FailureKinds {
    /** What is wrong and what to do, if a person must act before work can go on. */
    Optional<Shortcoming> shortcoming(Throwable failure);
}
