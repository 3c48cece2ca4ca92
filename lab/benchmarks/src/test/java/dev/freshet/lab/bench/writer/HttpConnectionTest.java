// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
    private static final byte[] JSON = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);

    @Test
    void readsAnswersOfEachKindToTheirEnd() throws Exception {
        List<String> seen = new ArrayList<>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + " "
                    + exchange.getRemoteAddress().getPort());
            boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
            byte[] body = "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(chunked ? 200 : 409, chunked ? 0 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (var http = new HttpConnection(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()))) {
            assertThat(http.put("/whole", "t1", JSON)).isEqualTo(409);
            assertThat(http.put("/chunked", "t2", JSON)).isEqualTo(200);
            assertThat(http.put("/whole", "t3", JSON)).isEqualTo(409);
        } finally {
            server.stop(0);
        }
        String port = seen.get(0).substring(seen.get(0).lastIndexOf(' '));
        assertThat(seen)
                .containsExactly(
                        "PUT /whole Bearer t1 {\"a\": 1}" + port,
                        "PUT /chunked Bearer t2 {\"a\": 1}" + port,
                        "PUT /whole Bearer t3 {\"a\": 1}" + port);
    }
}
