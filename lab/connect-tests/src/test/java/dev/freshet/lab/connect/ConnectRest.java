// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The REST interface of a worker. */
final class ConnectRest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String url;

    ConnectRest(int port) {
        this.url = "http://127.0.0.1:" + port;
    }

    /** Whether it knows Freshet's connector and Debezium's. */
    boolean isReady() {
        try {
            String plugins = send("GET", "/connector-plugins", null).body();
            return plugins.contains("dev.freshet.sink.FreshetSinkConnector")
                    && plugins.contains("io.debezium.connector.postgresql.PostgresConnector");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Creates a connector, or changes it. Returns what the worker answers. */
    HttpResponse<String> put(String connector, Map<String, String> config) throws IOException {
        return send("PUT", "/connectors/" + connector + "/config", JSON.writeValueAsString(config));
    }

    /** The states of the connector's tasks. */
    List<String> tasks(String connector) throws IOException {
        JsonNode status = JSON.readTree(
                send("GET", "/connectors/" + connector + "/status", null).body());
        var states = new ArrayList<String>();
        status.path("tasks").forEach(task -> states.add(task.path("state").asText()));
        return states;
    }

    private HttpResponse<String> send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
