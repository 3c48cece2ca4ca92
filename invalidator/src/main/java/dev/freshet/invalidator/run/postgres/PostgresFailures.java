// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.postgres;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.invalidator.run.source.SourceFailures;
import dev.freshet.postgres.connection.FailureCause;
import java.util.Optional;

/** Failures of PostgreSQL, of its driver and of Debezium. */
public final class PostgresFailures implements SourceFailures {
    @Override
    public boolean isPassing(Throwable failure) {
        return FailureCause.isPassing(failure);
    }

    @Override
    public String inWords(Throwable failure) {
        return FailureCause.in(failure);
    }

    @Override
    public Optional<Shortcoming> shortcoming(Throwable failure) {
        return FailureCause.shortcoming(failure);
    }
}
