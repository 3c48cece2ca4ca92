// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import dev.freshet.devservices.backend.Backend;
import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.redis.LocalRedis;
import dev.freshet.devservices.redis.RedisContainer;
import dev.freshet.devservices.redis.RedisProbe;

/**
 * A Redis 7 server of its own. The port survives {@link #stop()}, {@link #kill()} and {@link #resume()}, and the data
 * do too if the options say so. {@link #close()} removes everything. Thread-safe.
 */
public final class RedisServer extends ManagedServer {
    private final RedisOptions options;

    private RedisServer(Backend backend, RedisOptions options) {
        super(backend);
        this.options = options;
    }

    public static RedisServer start() {
        return start(RedisOptions.defaults());
    }

    /**
     * Starts a server. Returns when it responds; otherwise throws {@link DevServicesException} with the end of the log.
     */
    public static RedisServer start(RedisOptions options) {
        return new RedisServer(
                DevServices.start(
                        RedisContainer.IMAGE,
                        () -> RedisContainer.start(options::configuration, options.preferredPort()),
                        () -> LocalRedis.start(options::configuration, options.preferredPort())),
                options);
    }

    /** {@code redis://host:port}, with the default user's password if there is one. */
    public String uri() {
        var secret = options.password() == null ? "" : ":" + options.password() + "@";
        return "redis://" + secret + host() + ":" + port();
    }

    /** {@code redis://user:password@host:port} for an ACL user. */
    public String uri(String user, String password) {
        return "redis://" + user + ":" + password + "@" + host() + ":" + port();
    }

    /** Removes all keys from all databases. */
    public void flush() {
        if (options.password() == null) {
            RedisProbe.send(host(), port(), "FLUSHALL");
        } else {
            RedisProbe.send(host(), port(), "AUTH " + options.password(), "FLUSHALL");
        }
    }
}
