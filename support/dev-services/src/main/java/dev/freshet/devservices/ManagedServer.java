// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import dev.freshet.devservices.backend.Backend;
import dev.freshet.devservices.backend.BackendKind;

/** The operations that all servers started here have in common. */
abstract class ManagedServer implements AutoCloseable {
    private final Backend backend;

    ManagedServer(Backend backend) {
        this.backend = backend;
    }

    public BackendKind way() {
        return backend.way();
    }

    public String host() {
        return backend.host();
    }

    public int port() {
        return backend.port();
    }

    /** Shuts down in an orderly way, without waiting for clients to disconnect. Does nothing if the server is down. */
    public void stop() {
        backend.stop();
    }

    /** Starts the server again, on the same port. Does nothing if it is up. */
    public void resume() {
        backend.start();
    }

    /** {@link #stop()}, then {@link #resume()}. */
    public void restart() {
        stop();
        resume();
    }

    /** Sends SIGKILL to all of its processes, as if the machine had crashed. */
    public void kill() {
        backend.kill();
    }

    public boolean isRunning() {
        return backend.isRunning();
    }

    public String logTail(int lines) {
        return backend.logTail(lines);
    }

    @Override
    public void close() {
        backend.close();
    }

    @Override
    public String toString() {
        return backend.toString();
    }
}
