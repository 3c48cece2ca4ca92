// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.process;

/** Something of Freshet that runs until it is closed, and that a test waits for. */
public interface Watched extends AutoCloseable {

    /** Fails if it has ended by itself. */
    void requireAlive();

    /** What it said last, for failure messages. */
    String log();

    /** Stops it as SIGTERM does, and returns when it has ended. */
    @Override
    void close();
}
