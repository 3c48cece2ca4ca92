// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

/** Receives what was captured. Called by one thread at a time; may block, which applies back-pressure to the stream. */
@FunctionalInterface
public interface ChunkSink {
    void accept(Chunk chunk) throws InterruptedException;
}
