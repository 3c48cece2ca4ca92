// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fault;

import dev.freshet.devservices.RedisServer;

/** A single Redis server. */
record StandaloneMaster(RedisServer server) implements RedisMaster {
    @Override
    public void flush() {
        server.flush();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void resume() {
        server.resume();
    }

    @Override
    public void settle() {
        // Nothing to wait for: the server is up once it has been started.
    }
}
