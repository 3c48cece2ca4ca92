// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.docker;

import dev.freshet.devservices.backend.DevServicesException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Makes sure that the Docker engine has the images before a container is started. An engine that cannot reach a registry
 * responds to everything else, and Testcontainers would try to pull for minutes.
 */
public final class DockerImages {
    /** The cleanup container that Testcontainers starts beside each container. */
    public static final String RYUK = "testcontainers/ryuk:0.14.0";

    private static final Duration INSPECTION = Duration.ofSeconds(10);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})");
    private static final Pattern ERROR =
            Pattern.compile("\"(?:error|message)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.){1,200})");
    private static final int MOST_BYTES = 8 << 20;

    private final URI engine;
    private final Duration patience;

    /** @param patience time limit for one pull */
    public DockerImages(String engine, Duration patience) {
        this.engine = URI.create(engine);
        this.patience = patience;
    }

    /** @throws DevServicesException if the engine does not have the image and cannot pull it in time */
    public void require(String image) {
        if (status(exchange("GET", "/images/" + image + "/json", INSPECTION)).equals("200")) {
            return;
        }
        System.err.println(
                "freshet: the Docker engine fetches image " + image + ", for " + patience.toSeconds() + " s at most …");
        int colon = image.lastIndexOf(':');
        var answer = exchange(
                "POST",
                "/images/create?fromImage=" + image.substring(0, colon) + "&tag=" + image.substring(colon + 1),
                patience);
        if (!status(exchange("GET", "/images/" + image + "/json", INSPECTION)).equals("200")) {
            var error = ERROR.matcher(answer);
            throw new DevServicesException("the Docker engine has no image " + image + " and did not get it"
                    + (answer.isEmpty()
                            ? " within " + patience.toSeconds() + " s"
                            : error.find() ? ": " + error.group(1).replaceAll("\\\\(.)", "$1") : ""));
        }
    }

    private static String status(String answer) {
        var status = STATUS.matcher(answer);
        return status.lookingAt() ? status.group(1) : "";
    }

    /** The complete response; empty if it did not arrive in time. */
    private String exchange(String method, String path, Duration timeout) {
        var answer = new CompletableFuture<String>();
        var thread = new Thread(() -> answer.complete(send(method, path)), "docker-image");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Closes the channel, so that the engine cancels the pull.
            thread.interrupt();
            return "";
        } catch (ExecutionException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevServicesException("interrupted while asking the Docker engine for an image", e);
        }
    }

    private String send(String method, String path) {
        var request =
                method + " " + path + " HTTP/1.1\r\nHost: docker\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        var answer = new StringBuilder();
        try (var channel = DockerEngine.connect(engine)) {
            channel.write(StandardCharsets.US_ASCII.encode(request));
            var buffer = ByteBuffer.allocate(8192);
            while (answer.length() < MOST_BYTES && channel.read(buffer) >= 0) {
                answer.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1));
                buffer.clear();
            }
        } catch (IOException e) {
            return answer.toString();
        }
        return answer.toString();
    }
}
