// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Redis or a Sentinel, from the binary in Signal's embedded-redis. */
final class LocalRedis extends LocalServer {
    private final Path binary;
    private final Configuration configuration;
    private final boolean rewritten;
    private final List<String> arguments;
    private int configuredPort;

    private LocalRedis(String name, Configuration configuration, boolean rewritten, String... arguments) {
        super(name);
        this.binary = BinaryCache.ofThisUser().executable(Platform.current().redisBinary());
        this.configuration = configuration;
        this.rewritten = rewritten;
        this.arguments = List.of(arguments);
    }

    /** Produces the text of redis.conf or sentinel.conf. */
    interface Configuration {
        String text(String host, int port, String folder);
    }

    static LocalRedis start(RedisOptions options) {
        return started(new LocalRedis("redis", options::configuration, false), options.preferredPort());
    }

    /** A server that gets its role from others and saves it in its configuration. */
    static LocalRedis startNode(RedisOptions options) {
        return started(new LocalRedis("redis", options::configuration, true), options.preferredPort());
    }

    static LocalRedis startSentinel(Configuration configuration) {
        return started(new LocalRedis("sentinel", configuration, true, "--sentinel"), 0);
    }

    private static LocalRedis started(LocalRedis server, int preferredPort) {
        server.startFirst(preferredPort);
        return server;
    }

    @Override
    List<String> command() {
        try {
            var file = folder().resolve("redis.conf");
            if (!rewritten || configuredPort != port()) {
                Files.writeString(file, configuration.text(host(), port(), folder().toString()));
                configuredPort = port();
            }
            return Stream.concat(Stream.of(binary.toString(), file.toString()), arguments.stream())
                    .toList();
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
        return tellsOfATakenPort(log);
    }

    static boolean tellsOfATakenPort(String log) {
        // The messages of glibc and of musl.
        return log.contains("Address already in use") || log.contains("Address in use");
    }
}
