// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.fault;

import dev.freshet.devservices.RedisServer;

/** A Redis by itself. */
record LoneMaster(RedisServer server) implements Master {
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
        // It is up when it has been started.
    }
}
