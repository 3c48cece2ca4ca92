// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.redis;

import dev.freshet.devservices.backend.Backend;
import dev.freshet.devservices.docker.ContainerServer;

/** Redis in a container. */
public final class RedisContainer {
    /** The image. */
    public static final String IMAGE = "redis:7";

    private static final int PORT = 6379;

    private RedisContainer() {}

    /**
     * Starts a server. Returns when it responds.
     *
     * @param preferredPort the port of this machine, used if it is free; 0: any
     */
    public static Backend start(LocalRedis.Configuration configuration, int preferredPort) {
        return ContainerServer.start(
                IMAGE,
                PORT,
                preferredPort,
                container -> container
                        .withEnv("FRESHET_REDIS_CONF", configuration.text("* -::*", PORT, "/data"))
                        .withCommand(
                                "sh",
                                "-c",
                                "printf '%s' \"$FRESHET_REDIS_CONF\" > /tmp/redis.conf && exec redis-server /tmp/redis.conf"),
                RedisProbe::answers);
    }
}
