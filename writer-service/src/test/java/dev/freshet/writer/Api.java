// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.secret.Secret;
import dev.freshet.support.http.auth.Tokens;
import dev.freshet.writer.db.Database;
import dev.freshet.writer.db.MigratedSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Properties;

/** A writer-service on a test's database, connected as the role of least privilege, and a client of it. */
public final class Api implements AutoCloseable {
    public static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxNameLength(1_000_000)
                    .maxNumberLength(1_000_000)
                    .build())
            .build());

    private static final Tokens TOKENS = new Tokens(Secret.of("only for tests: 32 bytes or more"));
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Database pool;
    private final WriterService service;

    private Api(Database pool, WriterService service) {
        this.pool = pool;
        this.service = service;
    }

    public static Api start(TestDatabase database) {
        return start(database, database.jdbcUrl());
    }

    /** @param url of what it talks to instead */
    static Api start(TestDatabase database, String url) {
        var role = MigratedSchema.as(database, "freshet_writer");
        var properties = new Properties();
        properties.setProperty("user", role.user());
        properties.setProperty("password", role.password());
        var pool = Database.open(new JdbcSettings(url, properties));
        return new Api(pool, WriterService.start(pool, TOKENS, "127.0.0.1", 0));
    }

    /** A client that speaks for a user. */
    public Client as(String user) {
        return new Client(service.http().url(), TOKENS.issue(user, Duration.ofHours(1)));
    }

    WriterService service() {
        return service;
    }

    public Database pool() {
        return pool;
    }

    @Override
    public void close() {
        service.close();
        pool.close();
    }

    /** An answer. @param json null if there is no body */
    public record Answer(int status, JsonNode json, HttpResponse<String> raw) {
        public String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }

        public long id() {
            return json.get("id").longValue();
        }
    }

    /** Sends requests of one user. Headers are given as name, value, name, value, … */
    public record Client(String url, String token) {
        public Answer get(String path, String... headers) {
            return send("GET", path, null, headers);
        }

        public Answer post(String path, String body, String... headers) {
            return send("POST", path, body, headers);
        }

        public Answer put(String path, String body, String... headers) {
            return send("PUT", path, body, headers);
        }

        public Answer patch(String path, String body, String... headers) {
            return send("PATCH", path, body, headers);
        }

        public Answer delete(String path, String... headers) {
            return send("DELETE", path, null, headers);
        }

        public Answer send(String method, String path, String body, String... headers) {
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + token)
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            boolean typed = false;
            for (int i = 0; i < headers.length; i += 2) {
                typed |= headers[i].equals("Content-Type");
                request.header(headers[i], headers[i + 1]);
            }
            if (body != null && !typed) {
                request.header("Content-Type", "application/json");
            }
            try {
                var response = HTTP.send(request.build(), BodyHandlers.ofString());
                var json = response.body().startsWith("{") ? JSON.readTree(response.body()) : null;
                return new Answer(response.statusCode(), json, response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        public long project(String name) {
            return post("/v1/projects", "{\"name\":\"" + name + "\"}").id();
        }

        public long branch(long project, String name) {
            return post("/v1/projects/" + project + "/branches", "{\"name\":\"" + name + "\"}")
                    .id();
        }

        public long task(long branch, String name) {
            return post("/v1/branches/" + branch + "/tasks", "{\"name\":\"" + name + "\"}")
                    .id();
        }
    }
}
