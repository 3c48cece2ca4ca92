// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pages that wait, and those that must not. */
class WaitingPageTest {
    private static final int MANY = AdminServer.WAITING + AdminServer.QUEUED + 10;

    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void healthIsAnsweredHoweverManyRequestsWait() throws Exception {
        Page slow = new WaitingPage(query -> {
            waiting.incrementAndGet();
            awaitOpen();
            return Answer.text(200, "at last\n");
        });
        try (var server =
                AdminServer.start("127.0.0.1", 0, Map.of("/slow", slow, "/livez", query -> Answer.text(200, "ok\n")))) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                answers.add(http.sendAsync(request(server, "/slow"), BodyHandlers.ofString()));
            }
            await().atMost(PATIENCE)
                    .until(() ->
                            answers.stream().filter(CompletableFuture::isDone).count() == 10);
            await().atMost(PATIENCE).until(() -> waiting.get() == AdminServer.WAITING);
            assertThat(http.send(request(server, "/livez"), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            open.countDown();
            List<Integer> codes = answers.stream()
                    .map(answer -> answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .join()
                            .statusCode())
                    .toList();
            assertThat(codes.stream().filter(code -> code == 503)).hasSize(10);
            assertThat(codes.stream().filter(code -> code == 200)).hasSize(MANY - 10);
        }
    }

    private void awaitOpen() {
        try {
            assertThat(open.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest request(AdminServer server, String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(PATIENCE)
                .build();
    }
}
