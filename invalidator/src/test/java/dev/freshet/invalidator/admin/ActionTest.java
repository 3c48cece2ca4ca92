// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.support.config.secret.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that change something. */
class ActionTest {
    private final AtomicInteger done = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<Secret> token = Optional.of(Secret.of("right"));
    private final AdminServer server =
            AdminServer.start("127.0.0.1", 0, Map.of("/do", new Action(new AdminToken(() -> token), query -> {
                query.only();
                done.incrementAndGet();
                return Answer.text(202, "done\n");
            })));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void needTheTokenAndPost() throws Exception {
        assertThat(send("POST", "Bearer right").statusCode()).isEqualTo(202);
        assertThat(done).hasValue(1);
        for (String wrong : new String[] {null, "right", "Basic right", "Bearer ", "Bearer righ", "Bearer rightly"}) {
            assertThat(send("POST", wrong).statusCode()).as(wrong).isEqualTo(401);
        }
        assertThat(send("GET", "Bearer right").body()).isEqualTo("expected POST\n");
        assertThat(send("HEAD", "Bearer right").statusCode()).isEqualTo(405);
        assertThat(done).hasValue(1);
    }

    @Test
    void areRefusedWhereNoTokenIsSet() throws Exception {
        token = Optional.empty();
        var answer = send("POST", "Bearer ");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("FRESHET_ADMIN_TOKEN", "FRESHET_ADMIN_TOKEN_FILE");
        assertThat(done).hasValue(0);
    }

    private HttpResponse<String> send(String method, String authorization) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/do")).method(method, BodyPublishers.noBody());
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
