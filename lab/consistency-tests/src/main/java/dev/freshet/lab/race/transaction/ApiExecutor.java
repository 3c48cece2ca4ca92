// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.transaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.context.Level;
import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.history.RunClock;
import dev.freshet.lab.race.world.Change;
import dev.freshet.lab.race.world.ViewParser;
import dev.freshet.lab.race.world.WalPositions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** A client of the writer-service. */
public final class ApiExecutor implements TransactionExecutor {
    /** Longer than any statement of the writer-service may take. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final Supplier<URI> writer;
    private final Function<String, String> tokens;

    /**
     * Creates a client.
     *
     * @param writer the address of the writer-service
     * @param tokens the bearer token of each user
     */
    public ApiExecutor(HttpClient http, Supplier<URI> writer, Function<String, String> tokens) {
        this.http = http;
        this.writer = writer;
        this.tokens = tokens;
    }

    @Override
    public boolean can(Intent intent) {
        return intent.how() == Intent.How.EITHER;
    }

    @Override
    public boolean announces() {
        return false;
    }

    @Override
    public CommitReceipt apply(Intent intent, long version) throws UnknownOutcomeException, InterruptedException {
        var real = intent.changes().stream()
                .filter(change -> change.kind() != Change.Kind.GONE)
                .toList();
        var only = real.get(0);
        if (real.size() == 1 && only.kind() == Change.Kind.UPDATE) {
            return send("PATCH", path(only.row()), body(only, version), only.row());
        }
        if (real.size() == 1 && only.kind() == Change.Kind.DELETE) {
            return send("DELETE", path(only.row()), null, only.row());
        }
        var operations = new ArrayList<Map<String, Object>>();
        for (var change : real) {
            if (change.kind() == Change.Kind.MOVE) {
                var move = operation("move", change.row());
                move.put("parent", Long.valueOf(change.parent().id()));
                operations.add(move);
            }
            var operation = operation(change.kind() == Change.Kind.DELETE ? "delete" : "update", change.row());
            if (change.kind() != Change.Kind.DELETE) {
                operation.putAll(body(change, version));
            }
            operations.add(operation);
        }
        return send("POST", "/v1/bulk", Map.of("operations", operations), only.row());
    }

    private static Map<String, Object> operation(String op, Row row) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("op", op);
        operation.put("level", row.level().label());
        if (row.level() != Level.GLOBAL) {
            operation.put("id", Long.valueOf(row.id()));
        }
        return operation;
    }

    private static Map<String, Object> body(Change change, long version) {
        var body = new LinkedHashMap<String, Object>();
        body.put("document", Map.of(ViewParser.member(change.row().level()), version));
        if (change.named()) {
            body.put("name", Long.toString(version));
        }
        return body;
    }

    private static String path(Row row) {
        return switch (row.level()) {
            case GLOBAL -> "/v1/global";
            case PROJECT -> "/v1/projects/" + row.id();
            case BRANCH -> "/v1/branches/" + row.id();
            case TASK -> "/v1/tasks/" + row.id();
        };
    }

    private CommitReceipt send(String method, String path, Object body, Row row)
            throws UnknownOutcomeException, InterruptedException {
        var request = HttpRequest.newBuilder(writer.get().resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + tokens.apply(row.user()))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json(body)));
        if (body != null) {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UnknownOutcomeException(e);
        }
        long acknowledged = RunClock.now();
        if (response.statusCode() >= 500) {
            throw new UnknownOutcomeException(
                    new IOException(method + " " + path + " was answered " + response.statusCode()));
        }
        if (response.statusCode() >= 400) {
            throw new IllegalStateException(
                    method + " " + path + " was answered " + response.statusCode() + ": " + response.body());
        }
        var position = response.headers()
                .firstValue("Freshet-Position")
                .orElseThrow(() -> new IllegalStateException(method + " " + path + " was answered without a position"));
        return new CommitReceipt(acknowledged, WalPositions.parse(position));
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and numbers can be written", e);
        }
    }

    @Override
    public void close() {
        // Nothing to close: the client is shared.
    }
}
