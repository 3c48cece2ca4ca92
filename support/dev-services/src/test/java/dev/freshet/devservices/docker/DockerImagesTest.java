// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.devservices.backend.DevServicesException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** An engine that answers, and what becomes of it where it lacks an image. */
class DockerImagesTest {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean present;
    private volatile String pull = "hang";
    private HttpServer engine;
    private String address;

    @BeforeEach
    void start() throws IOException {
        engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/", this::answer);
        engine.setExecutor(threads);
        engine.start();
        address = "tcp://127.0.0.1:" + engine.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        end.countDown();
        engine.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request);
        if (request.startsWith("GET")) {
            answer(exchange, present ? 200 : 404, "{\"message\":\"No such image\"}");
        } else if (pull.equals("hang")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            present = pull.equals("{}");
            answer(exchange, 200, pull);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void anImageThatIsThereIsNotPulled() {
        present = true;
        image(Duration.ofMinutes(5)).require("postgres:18");
        assertThat(requests).containsExactly("GET /images/postgres:18/json");
    }

    @Test
    void aPullThatHangsIsGivenUp() {
        assertThatThrownBy(() -> image(Duration.ofMillis(200)).require("postgres:18"))
                .isInstanceOf(DevServicesException.class)
                .hasMessageContaining("has no image postgres:18 and did not get it within");
        assertThat(requests).contains("POST /images/create?fromImage=postgres&tag=18");
    }

    @Test
    void aPullThatFailsTellsWhy() {
        pull = "{\"error\":\"Get \\\"registry\\\": no such host\"}";
        assertThatThrownBy(() -> image(Duration.ofMinutes(5)).require("redis:7"))
                .hasMessage(
                        "the Docker engine has no image redis:7 and did not get it: Get \"registry\": no such host");
    }

    @Test
    void anImageThatIsPulledIsThere() {
        pull = "{}";
        image(Duration.ofMinutes(5)).require("redis:7");
        assertThat(requests).hasSize(3);
    }

    @Test
    void anEngineThatIsGoneHasNoImage() {
        engine.stop(0);
        assertThatThrownBy(() -> image(Duration.ofSeconds(30)).require("redis:7"))
                .isInstanceOf(DevServicesException.class);
    }

    @Test
    void theImageOfTestcontainersIsTheOneThatItHas() throws Exception {
        try (var code = GenericContainer.class.getResourceAsStream("/org/testcontainers/utility/RyukContainer.class")) {
            assertThat(new String(code.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains(DockerImages.RYUK);
        }
    }

    private DockerImages image(Duration patience) {
        return new DockerImages(address, patience);
    }
}
