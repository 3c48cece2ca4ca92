// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fault;

/** The Redis master, with the operations that faults need. */
interface RedisMaster {
    /** Removes all keys. */
    void flush();

    /** Sends SIGKILL. */
    void kill();

    /** Restarts the killed server. */
    void resume();

    /** Returns when a master is up, this connection leads to it, and all servers of the group have settled. */
    void settle() throws InterruptedException;
}
