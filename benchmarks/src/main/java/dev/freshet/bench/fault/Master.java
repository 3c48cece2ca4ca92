// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.fault;

/** The Redis that is written to, as far as faults are concerned. */
interface Master {
    /** Removes all keys. */
    void flush();

    /** SIGKILL. */
    void kill();

    /** Starts what was killed. */
    void resume();

    /** Returns when there is a master, this connection leads to it, and all that belongs to it has come to rest. */
    void settle() throws InterruptedException;
}
