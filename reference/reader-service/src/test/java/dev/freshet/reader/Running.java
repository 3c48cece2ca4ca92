// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import dev.freshet.support.config.secret.Secret;
import dev.freshet.support.http.auth.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A running reader, and a client for it. */
final class Running implements AutoCloseable {
    static final String JWT_SECRET = "a secret for tests, long enough for HS256";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Tokens tokens = new Tokens(Secret.of(JWT_SECRET));
    final ReaderService service;

    private Running(ReaderService service) {
        this.service = service;
    }

    /** @param reader the database, as the role that the reader shall have */
    static Running start(TestDatabase reader, String redisUrl) throws InterruptedException {
        return start(reader, redisUrl, Map.of());
    }

    /** @param more further variables */
    static Running start(TestDatabase reader, String redisUrl, Map<String, String> more) throws InterruptedException {
        var variables = new HashMap<>(environment(reader, redisUrl).variables());
        variables.putAll(more);
        var environment = new Environment(variables);
        var main = new ReaderMain(environment);
        CommandRunner.commandLine(main, environment).parseArgs();
        return new Running(ReaderService.start(main.options, environment));
    }

    static Environment environment(TestDatabase reader, String redisUrl) {
        return new Environment(Map.of(
                "FRESHET_JDBC_URL",
                reader.jdbcUrl(),
                "FRESHET_JDBC_USER",
                reader.user(),
                "FRESHET_JDBC_PASSWORD",
                reader.password(),
                "FRESHET_REDIS_URL",
                redisUrl,
                "FRESHET_JWT_SECRET",
                JWT_SECRET,
                "FRESHET_PORT",
                "0"));
    }

    Answer get(String user, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(service.http().url() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + tokens.issue(user, Duration.ofMinutes(10)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Without a token. */
    Answer open(String path) {
        return send(HttpRequest.newBuilder(URI.create(service.http().url() + path)));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException("the reader does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        service.close();
    }

    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            try {
                return JSON.readTree(body());
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("not JSON: " + body(), e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        String cache() {
            return header("Freshet-Cache");
        }
    }
}
