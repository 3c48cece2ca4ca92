// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.kafka;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The REST interface of a worker. Thread-safe. Throws an {@link UncheckedIOException} if it does not answer. */
public final class ConnectRest {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String url;

    ConnectRest(int port) {
        this.url = "http://127.0.0.1:" + port;
    }

    public String url() {
        return url;
    }

    /** Whether it answers, and knows connectors of these classes. */
    boolean knows(List<String> classes) {
        try {
            String plugins = send("GET", "/connector-plugins", null).body();
            return classes.stream().allMatch(plugins::contains);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Creates a connector, or changes it. Returns what the worker answers: 201 or 200 if it has. */
    public HttpResponse<String> put(String connector, Map<String, String> config) {
        return send("PUT", "/connectors/" + connector + "/config", JSONObjectUtils.toJSONString(config));
    }

    /** Ends all tasks of a connector, which stays. Returns the status of the answer. */
    public int stop(String connector) {
        return send("PUT", "/connectors/" + connector + "/stop", null).statusCode();
    }

    /** Starts a stopped connector again. Returns the status of the answer. */
    public int resume(String connector) {
        return send("PUT", "/connectors/" + connector + "/resume", null).statusCode();
    }

    /** Lets a stopped connector begin anew. Returns the status of the answer: 200 once all its tasks have ended. */
    public int forgetOffsets(String connector) {
        return send("DELETE", "/connectors/" + connector + "/offsets", null).statusCode();
    }

    /** The states of the connector's tasks, such as {@code RUNNING}; none as long as it has none. */
    public List<String> tasks(String connector) {
        HttpResponse<String> answer = send("GET", "/connectors/" + connector + "/status", null);
        var states = new ArrayList<String>();
        if (answer.statusCode() == 200) {
            try {
                Map<String, Object> status = JSONObjectUtils.parse(answer.body());
                for (Map<String, Object> task : JSONObjectUtils.getJSONObjectArray(status, "tasks")) {
                    states.add(JSONObjectUtils.getString(task, "state"));
                }
            } catch (ParseException e) {
                throw new UncheckedIOException(new IOException("not JSON: " + answer.body(), e));
            }
        }
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
