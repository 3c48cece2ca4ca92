// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import dev.freshet.lab.race.world.View;

/** Answers reads. Not thread-safe. */
public interface ViewSource extends AutoCloseable {
    /**
     * Reads a view.
     *
     * @throws ReadFailedException if there is no answer
     */
    Answer read(View view, RequestedConsistency requested) throws ReadFailedException, InterruptedException;

    @Override
    void close();
}
