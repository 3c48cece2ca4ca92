// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.world.View;

/** Answers reads. Not thread-safe. */
interface Source extends AutoCloseable {
    /**
     * Reads a view.
     *
     * @throws ReadFailedException if there is no answer
     */
    Answer read(View view, Ask ask) throws ReadFailedException, InterruptedException;

    @Override
    void close();
}
