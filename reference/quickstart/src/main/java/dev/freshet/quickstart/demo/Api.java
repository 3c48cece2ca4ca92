// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The writer and the reader, used with the token of one user. Thread-safe. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI writer;
    private final URI reader;
    private final String user;
    private final String token;

    Api(HttpClient http, URI writer, URI reader, String user, String token) {
        this.http = http;
        this.writer = writer;
        this.reader = reader;
        this.user = user;
        this.token = token;
    }

    public String user() {
        return user;
    }

    public Answer create(String path, Object body) {
        return send(writer, "POST", path, body);
    }

    public Answer patch(String path, Object body) {
        return send(writer, "PATCH", path, body);
    }

    public Answer move(String path, long parent) {
        return send(writer, "POST", path + "/move", JSON.createObjectNode().put("parent", parent));
    }

    /** Reads from the reader, so possibly from the cache. */
    public Answer read(String path) {
        return send(reader, "GET", path, null);
    }

    /** Reads what is as fresh as the header {@code Freshet-Consistency} demands. */
    public Answer read(String path, String consistency) {
        return send(request(reader, "GET", path, null).setHeader("Freshet-Consistency", consistency), "GET", path);
    }

    CompletableFuture<Answer> readAsync(String path) {
        var start = System.nanoTime();
        return http.sendAsync(request(reader, "GET", path, null).build(), BodyHandlers.ofByteArray())
                .thenApply(response -> answer("GET", path, response, start));
    }

    private Answer send(URI service, String method, String path, Object body) {
        return send(request(service, method, path, body), method, path);
    }

    private Answer send(HttpRequest.Builder builder, String method, String path) {
        var request = builder.build();
        var start = System.nanoTime();
        try {
            return answer(method, path, http.send(request, BodyHandlers.ofByteArray()), start);
        } catch (IOException e) {
            throw new QuickstartException(method + " " + request.uri() + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QuickstartException("interrupted", e);
        }
    }

    private HttpRequest.Builder request(URI service, String method, String path, Object body) {
        var request = HttpRequest.newBuilder(service.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
        if (body == null) {
            return request.method(method, BodyPublishers.noBody());
        }
        var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        return request.header("Content-Type", type).method(method, BodyPublishers.ofByteArray(bytes(body)));
    }

    private static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + body, e);
        }
    }

    private static Answer answer(String method, String path, HttpResponse<byte[]> response, long start) {
        var took = Duration.ofNanos(System.nanoTime() - start);
        var body = parse(response.body());
        if (response.statusCode() / 100 != 2) {
            throw new QuickstartException(method + " " + path + " was answered with " + response.statusCode() + ": "
                    + body.path("title").asText("") + " " + body.path("detail").asText(""));
        }
        return new Answer(body, response.headers().firstValue("Freshet-Cache").orElse(""), took);
    }

    private static JsonNode parse(byte[] body) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            return MissingNode.getInstance(); // an error page; the status is enough
        }
    }
}
