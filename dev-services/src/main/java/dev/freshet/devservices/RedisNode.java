// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

/**
 * One Redis server of several that belong together. What it has been told to be (a master, a replica, which slots it
 * serves) survives a crash; its data do not, unless the options say so. Safe for many threads.
 */
public final class RedisNode {
    private final Backend backend;
    private final String password;

    RedisNode(Backend backend, String password) {
        this.backend = backend;
        this.password = password;
    }

    public String host() {
        return backend.host();
    }

    public int port() {
        return backend.port();
    }

    /** {@code redis://host:port} of this server alone, with the default user's password if there is one. */
    public String uri() {
        var secret = password == null ? "" : ":" + password + "@";
        return "redis://" + secret + host() + ":" + port();
    }

    /** SIGKILL. */
    public void kill() {
        backend.kill();
    }

    /** An orderly shutdown. Does nothing if it is down. */
    public void stop() {
        backend.stop();
    }

    /** Starts it again, on the same port. Does nothing if it is up. */
    public void resume() {
        backend.start();
    }

    public boolean isRunning() {
        return backend.isRunning();
    }

    /** Whether it takes itself for a master. */
    public boolean isMaster() {
        return isRunning() && info("replication", "role").equals("master");
    }

    public String logTail(int lines) {
        return backend.logTail(lines);
    }

    @Override
    public String toString() {
        return backend.toString();
    }

    String password() {
        return password;
    }

    String info(String section, String field) {
        return Resp.field(Resp.ask(this, "INFO", section), field);
    }

    void close() {
        backend.close();
    }
}
