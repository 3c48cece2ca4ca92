// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import dev.freshet.devservices.backend.Backend;
import dev.freshet.devservices.redis.RespClient;

/**
 * One server of a Redis group. Its role (master, replica, slots that it serves) survives a crash; its data do not,
 * unless the options say so. Thread-safe.
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

    /** {@code redis://host:port} of this server only, with the default user's password if there is one. */
    public String uri() {
        var secret = password == null ? "" : ":" + password + "@";
        return "redis://" + secret + host() + ":" + port();
    }

    /** Sends SIGKILL. */
    public void kill() {
        backend.kill();
    }

    /** Shuts down in an orderly way. Does nothing if the server is down. */
    public void stop() {
        backend.stop();
    }

    /** Starts the server again, on the same port. Does nothing if it is up. */
    public void resume() {
        backend.start();
    }

    public boolean isRunning() {
        return backend.isRunning();
    }

    /** Whether the server considers itself a master. */
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

    /** Sends one command on its own connection. Returns a String, a Long, a List, or null. */
    Object ask(String... command) {
        return RespClient.ask(host(), port(), password, command);
    }

    String info(String section, String field) {
        return RespClient.field(ask("INFO", section), field);
    }

    void close() {
        backend.close();
    }
}
