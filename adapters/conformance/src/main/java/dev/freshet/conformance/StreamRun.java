// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.stream.ChangeStream;
import java.util.concurrent.CompletableFuture;

/** A stream that was opened, until it ends. */
public interface StreamRun extends AutoCloseable {
    ChangeStream stream();

    /** Completes when it has ended: normally after {@link #close}, else exceptionally with the failure. */
    CompletableFuture<Void> ended();

    @Override
    void close();
}
