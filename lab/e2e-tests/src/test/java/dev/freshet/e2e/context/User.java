// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.freshet.e2e.process.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A user with a token, who writes through the writer-service and reads through the reader-service. Thread-safe. */
public final class User {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private final String name;
    private final String token;
    private final URI writer;
    private final URI reader;

    public User(String name, String token, URI writer, URI reader) {
        this.name = name;
        this.token = token;
        this.writer = writer;
        this.reader = reader;
    }

    public String name() {
        return name;
    }

    /** Sends a GET to the reader-service. */
    public Answer read(String path) {
        return send(reader, "GET", path, null, Map.of());
    }

    /** The same, with additional headers. */
    public Answer read(String path, Map<String, String> headers) {
        return send(reader, "GET", path, null, headers);
    }

    /** Sends a GET to the writer-service. */
    public Answer ask(String path) {
        return send(writer, "GET", path, null, Map.of());
    }

    public Answer post(String path, Object body) {
        return send(writer, "POST", path, body, Map.of());
    }

    public Answer put(String path, Object body) {
        return send(writer, "PUT", path, body, Map.of());
    }

    public Answer patch(String path, Object body) {
        return send(writer, "PATCH", path, body, Map.of());
    }

    /** Sends a PATCH that succeeds only if the version is still current. */
    public Answer patch(String path, Object body, long version) {
        return send(writer, "PATCH", path, body, Map.of("If-Match", '"' + Long.toString(version) + '"'));
    }

    public Answer delete(String path) {
        return send(writer, "DELETE", path, null, Map.of());
    }

    private Answer send(URI service, String method, String path, Object body, Map<String, String> headers) {
        var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        var request = HttpRequest.newBuilder(service.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.text(body)));
        if (body != null) {
            request.header("Content-Type", type);
        }
        headers.forEach(request::header);
        var what = method + " " + service.resolve(path) + " as " + name;
        var response = send(request.build(), what);
        return new Answer(what, response.statusCode(), response.headers(), json(response.body()));
    }

    private static HttpResponse<String> send(HttpRequest request, String what) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(what + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what + " was interrupted", e);
        }
    }

    private static JsonNode json(String body) {
        return body.isEmpty() ? MissingNode.getInstance() : Json.parse(body);
    }
}
