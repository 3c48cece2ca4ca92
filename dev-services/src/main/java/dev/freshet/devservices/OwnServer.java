// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

/** What a server of one's own can be asked and told, whatever it serves. */
abstract class OwnServer implements AutoCloseable {
    private final Backend backend;

    OwnServer(Backend backend) {
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

    /** An orderly shutdown that does not wait for clients to go. Does nothing if it is down. */
    public void stop() {
        backend.stop();
    }

    /** Starts it again, on the same port. Does nothing if it is up. */
    public void resume() {
        backend.start();
    }

    /** {@link #stop()}, then {@link #resume()}. */
    public void restart() {
        stop();
        resume();
    }

    /** SIGKILL to all of its processes, as if the machine had crashed. */
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
