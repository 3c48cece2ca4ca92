// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

/** Takes what was captured. Called by one thread at a time; may block, which holds the stream back. */
@FunctionalInterface
public interface ChunkSink {
    void accept(Chunk chunk) throws InterruptedException;
}
