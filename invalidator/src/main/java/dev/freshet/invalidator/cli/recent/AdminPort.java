// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.recent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The admin port of a running invalidator, asked over HTTP. Thread-safe. */
public final class AdminPort {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECENT = "/recent";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String base;

    /**
     * @param setting the variable that the URL comes from
     * @param url of the port, or of its {@code /recent} page
     * @throws ConfigException if it is not such a URL
     */
    public AdminPort(String setting, String url) {
        String trimmed = url.replaceFirst("/+$", "");
        base = trimmed.endsWith(RECENT) ? trimmed.substring(0, trimmed.length() - RECENT.length()) : trimmed;
        if (!base.matches("https?://[^/?#@]+(/[^?#@]*)?")) {
            throw ConfigException.bad(setting, url, "a URL such as http://127.0.0.1:8083/recent");
        }
    }

    /** @throws IOException if there is no such page, or it is not JSON; the message names the page */
    public JsonNode get(String path) throws IOException, InterruptedException {
        try {
            return JSON.readTree(text(path));
        } catch (JsonProcessingException e) {
            throw new IOException(base + path + " does not answer with JSON", e);
        }
    }

    /** @throws IOException if there is no such page; the message names the page */
    public String text(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(base + path + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    /**
     * Tells the invalidator to do something.
     *
     * @param token its {@code FRESHET_ADMIN_TOKEN}
     * @throws IOException if it refuses; the message has what it says
     */
    public JsonNode post(String path, Secret token) throws IOException, InterruptedException {
        if (!token.reveal().chars().allMatch(each -> each > ' ' && each < 127)) {
            // The client would refuse it as well, and quote it.
            throw new IOException("FRESHET_ADMIN_TOKEN has characters that no header can have;"
                    + " expected printable ASCII without spaces");
        }
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.reveal())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(base + path + " answers " + answer.statusCode() + ": "
                    + answer.body().strip());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public String toString() {
        return base;
    }
}
