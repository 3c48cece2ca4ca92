// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.redis;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.binaries.BinaryCache;
import dev.freshet.devservices.binaries.Platform;
import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Redis or a Sentinel, from the binary in Signal's embedded-redis. */
public final class LocalRedis extends LocalServer {
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
    public interface Configuration {
        String text(String host, int port, String folder);
    }

    public static LocalRedis start(Configuration configuration, int preferredPort) {
        return started(new LocalRedis("redis", configuration, false), preferredPort);
    }

    /** A server that gets its role from others and saves it in its configuration. */
    public static LocalRedis startNode(Configuration configuration) {
        return started(new LocalRedis("redis", configuration, true), 0);
    }

    public static LocalRedis startSentinel(Configuration configuration) {
        return started(new LocalRedis("sentinel", configuration, true, "--sentinel"), 0);
    }

    private static LocalRedis started(LocalRedis server, int preferredPort) {
        server.startFirst(preferredPort);
        return server;
    }

    @Override
    protected List<String> command() {
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
    protected boolean isReady(ChildProcess candidate) {
        return RedisProbe.answers(host(), port());
    }

    @Override
    protected String stopSignal() {
        return "TERM";
    }

    @Override
    protected String quitSignal() {
        return "KILL";
    }

    @Override
    protected boolean portWasTaken(String log) {
        return tellsOfATakenPort(log);
    }

    public static boolean tellsOfATakenPort(String log) {
        // The messages of glibc and of musl.
        return log.contains("Address already in use") || log.contains("Address in use");
    }
}
