// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.docker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks for a Docker engine in the usual places, with one {@code GET /_ping} and a short timeout. Testcontainers does
 * so too, but takes seconds and logs stack traces if there is none.
 */
public final class DockerEngine {
    private static final int PATIENCE_MILLIS = 1500;

    private DockerEngine() {}

    /** The address of an engine that responded. */
    public static Optional<String> answering() {
        return candidates().stream().filter(DockerEngine::answers).findFirst();
    }

    private static List<String> candidates() {
        var host = System.getenv("DOCKER_HOST");
        if (host != null && !host.isBlank()) {
            return List.of(host);
        }
        var sockets = new ArrayList<String>();
        sockets.add("unix:///var/run/docker.sock");
        sockets.add("unix://" + System.getProperty("user.home", "") + "/.docker/run/docker.sock");
        var runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null) {
            sockets.add("unix://" + runtime + "/docker.sock");
        }
        return sockets;
    }

    private static boolean answers(String address) {
        var reply = CompletableFuture.supplyAsync(() -> ping(address), task -> {
            var thread = new Thread(task, "docker-probe");
            thread.setDaemon(true);
            thread.start();
        });
        return reply.completeOnTimeout("", PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join()
                .startsWith("HTTP/1.1 200");
    }

    private static String ping(String address) {
        try (var channel = connect(URI.create(address))) {
            channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n"));
            var answer = ByteBuffer.allocate(64);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                if (answer.position() >= "HTTP/1.1 200".length()) {
                    break;
                }
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException none) {
            return "";
        }
    }

    static SocketChannel connect(URI address) throws IOException {
        SocketAddress target;
        if ("unix".equals(address.getScheme())) {
            var socket = Path.of(address.getPath());
            if (!Files.exists(socket)) {
                throw new IOException("no " + socket);
            }
            target = UnixDomainSocketAddress.of(socket);
            var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(target);
            return channel;
        }
        // An engine behind TLS answers a plain request with 400. It is then not used; servers run from local binaries.
        target = new InetSocketAddress(address.getHost(), address.getPort());
        return SocketChannel.open(target);
    }
}
