// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Redis from the binary that Signal's embedded-redis carries. */
final class LocalRedis extends LocalServer {
    private final RedisOptions options;
    private final Path binary;

    private LocalRedis(RedisOptions options) {
        super("redis");
        this.options = options;
        this.binary = BinaryCache.ofThisUser().executable(Platform.current().redisBinary());
    }

    static LocalRedis start(RedisOptions options) {
        var server = new LocalRedis(options);
        server.startFirst(options.preferredPort());
        return server;
    }

    @Override
    List<String> command() {
        try {
            var file = folder().resolve("redis.conf");
            Files.writeString(file, options.configuration(host(), port(), folder().toString()));
            return List.of(binary.toString(), file.toString());
        } catch (IOException e) {
            throw new DevServicesException("cannot write Redis's configuration to " + folder(), e);
        }
    }

    @Override
    boolean isReady(ChildProcess candidate) {
        return RedisProbe.answers(host(), port());
    }

    @Override
    String stopSignal() {
        return "TERM";
    }

    @Override
    String quitSignal() {
        return "KILL";
    }

    @Override
    boolean portWasTaken(String log) {
        return log.contains("Address already in use");
    }
}
